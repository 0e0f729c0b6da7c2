package org.aand.cli;

import java.util.function.Function;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.io.variation.Variation;
import org.aand.pipeline.ImageSizeChoice;
import org.aand.pipeline.Recipe;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Types of options whose own parsers say what is wrong with a value. */
final class OptionTypes {
  private OptionTypes() {}

  /** Makes them known to a program and all its commands. */
  static void useIn(CommandLine commandLine) {
    register(commandLine, ImageSize.class, ImageSize::parse);
    register(commandLine, ImageSizeChoice.class, ImageSizeChoice::parse);
    register(commandLine, MethodOption.class, MethodOption::parse);
    register(commandLine, Recipe.class, Recipe::named);
    register(commandLine, Variation.class, Variation::parse);
  }

  private static <T> void register(
      CommandLine commandLine, Class<T> type, Function<String, T> parser) {
    commandLine.registerConverter(
        type,
        value -> {
          try {
            return parser.apply(value);
          } catch (InputException | IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
          }
        });
  }
}
