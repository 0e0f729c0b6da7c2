package org.aand.serve.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bytes of memory as a number with k, m or g behind it (powers of 1024). */
public final class ByteSize implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,9})([kmg]?)b?");

  @Override
  public Long convert(String value) {
    var match = FORM.matcher(value.toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new TypeConversionException("'" + value + "' is no size; write 6g or 800m");
    }
    long count = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "k" -> count << 10;
      case "m" -> count << 20;
      case "g" -> count << 30;
      default -> count;
    };
  }
}
