package org.aand.serve.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import org.aand.detect.DetectionEngine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An engine by its name. */
final class EngineName implements ITypeConverter<DetectionEngine> {
  /** The one that only the whole program has. */
  private static final String SAMEDIFF = "samediff";

  @Override
  public DetectionEngine convert(String value) {
    var key = value.toLowerCase(Locale.ROOT);
    return DetectionEngine.named(key)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    key.equals(SAMEDIFF)
                        ? "SameDiff is not in this program; the whole one, aand.jar, has it"
                        : "there is no engine '" + value + "'; there are " + names()));
  }

  private static String names() {
    return DetectionEngine.all().stream()
        .map(DetectionEngine::key)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
