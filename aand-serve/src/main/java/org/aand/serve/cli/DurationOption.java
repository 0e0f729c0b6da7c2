package org.aand.serve.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: a number with ms, s, m or h behind it. */
public final class DurationOption implements ITypeConverter<Duration> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})(ms|[smh])");

  @Override
  public Duration convert(String value) {
    var match = FORM.matcher(value.toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new TypeConversionException("'" + value + "' is no time; write 90s, 10m or 1h");
    }
    long count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
