package org.aand.serve.cli;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.aand.common.file.OutputPlace;
import org.aand.common.listing.FileNames;
import org.aand.model.ModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that every command has which decides by a trained model. */
public class ModelOptions {
  private static final int MOST_LETTERS = 64;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "Run folder that train has written, or a model file.")
  private Path model;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description = "A threshold of your own, instead of the model's; higher is anomalous.")
  private @Nullable Double threshold;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ModelOptions() {}

  /** The run folder or model file. */
  public final Path model() {
    return model;
  }

  /** What results call the model. */
  final String name() {
    return nameOf(model);
  }

  /**
   * A model's name after its folder, or its file if that has a name of its own, with a hyphen for
   * what no name of a served model has.
   */
  static String nameOf(Path model) {
    var place = model.toAbsolutePath().normalize();
    var last = FileNames.last(place);
    var folder = place.getParent();
    var file = last.equals(ModelFile.NAME) && folder != null ? FileNames.last(folder) : last;
    var name =
        file.replaceFirst("\\.aand$", "")
            .replaceAll("[^A-Za-z0-9._-]", "-")
            .replaceFirst("^[._-]+", "");
    return name.isEmpty() ? "model" : name.substring(0, Math.min(MOST_LETTERS, name.length()));
  }

  /** Whether writing to a file would replace the model. */
  public final boolean isModel(Path file) {
    return isModel(file, model);
  }

  /** Whether writing to a file would replace a model. */
  static boolean isModel(Path file, Path model) {
    return OutputPlace.same(file, model) || OutputPlace.same(file, model.resolve(ModelFile.NAME));
  }

  /**
   * The user's threshold, if there is one.
   *
   * @throws CommandLine.ParameterException if it is no number
   */
  public final OptionalDouble threshold(CommandSpec spec) {
    var own = threshold;
    if (own == null) {
      return OptionalDouble.empty();
    }
    if (!Float.isFinite(own.floatValue())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--threshold has to be a number");
    }
    return OptionalDouble.of(own);
  }
}
