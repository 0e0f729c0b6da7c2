package org.aand.serve.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aand.common.InputException;
import org.aand.common.listing.FileNames;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options, and says in a user's words what is wrong with one. */
final class ValueWords {
  private ValueWords() {}

  /** Makes a program, with all commands that it has by now, read values so. */
  static void useIn(CommandLine program) {
    ITypeConverter<Integer> ints = text -> whole(text, Integer::valueOf);
    ITypeConverter<Long> longs = text -> whole(text, Long::valueOf);
    ITypeConverter<Double> doubles = ValueWords::number;
    program
        .registerConverter(int.class, ints)
        .registerConverter(Integer.class, ints)
        .registerConverter(long.class, longs)
        .registerConverter(Long.class, longs)
        .registerConverter(double.class, doubles)
        .registerConverter(Double.class, doubles)
        .registerConverter(Path.class, ValueWords::path);
    choices(program, program);
  }

  private static void choices(CommandLine program, CommandLine command) {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      if (argument.type().isEnum()) {
        choice(program, argument.type());
      }
    }
    command.getSubcommands().values().forEach(below -> choices(program, below));
  }

  private static <T> void choice(CommandLine program, Class<T> type) {
    program.registerConverter(type, text -> constant(type, text));
  }

  private static <T> T constant(Class<T> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> typed(constant).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is not one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(ValueWords::typed)
                            .collect(Collectors.joining(", "))));
  }

  /** A constant as one types it. */
  private static String typed(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
  }

  private static <T> T whole(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'"
              + text
              + (text.matches("[+-]?[0-9]+") ? "' is too large" : "' is not a whole number"));
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }

  private static Path path(String text) {
    try {
      return FileNames.path(text);
    } catch (InputException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
