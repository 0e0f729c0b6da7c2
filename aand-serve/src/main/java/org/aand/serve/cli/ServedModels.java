package org.aand.serve.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.aand.api.AnomalyDetector;
import org.aand.common.InputException;
import org.aand.drift.DriftMonitor;
import org.aand.serve.ServedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The models of a service on the command line. */
final class ServedModels {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "[NAME=]MODEL",
      description = {
        "Run folder that train has written, or a model file; repeated, with names, for several"
            + " models. Without a name it is called after its folder."
      })
  private List<String> models;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description =
          "A threshold of your own, instead of the model's; higher is anomalous. For one model.")
  private @Nullable Double threshold;

  @Mixin private RegionOptions regions;

  @Mixin private EngineOption engine;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ServedModels() {}

  private record Named(String name, Path model) {
    static Named of(String word) {
      int at = word.indexOf('=');
      if (at < 0 || Files.exists(Path.of(word))) {
        return new Named(ModelOptions.nameOf(Path.of(word)), Path.of(word));
      }
      return new Named(word.substring(0, at), Path.of(word.substring(at + 1)));
    }
  }

  /**
   * Loads the models; closed by the caller.
   *
   * @throws CommandLine.ParameterException if two have one name, or the threshold is of no use
   * @throws InputException if one cannot be used
   */
  Open load(CommandSpec spec, DriftMonitor.Settings drift) {
    var named = models.stream().map(Named::of).toList();
    var names = new HashSet<String>();
    for (var model : named) {
      if (!names.add(model.name().toLowerCase(Locale.ROOT))) {
        throw misused(
            spec, "two models are called " + model.name() + "; name them: --model NAME=MODEL");
      }
    }
    var own = threshold;
    if (own != null && (named.size() > 1 || !Float.isFinite(own.floatValue()))) {
      throw misused(spec, "--threshold has to be a number, and is for one model alone");
    }
    regions.check(spec);
    var loaded = new ArrayList<ServedModel>();
    try {
      for (var model : named) {
        loaded.add(ServedModel.load(model.name(), model.model(), file -> open(file, spec), drift));
      }
    } catch (RuntimeException e) {
      loaded.forEach(ServedModel::close);
      throw e;
    }
    return new Open(loaded);
  }

  /** Whether writing to a file would replace one of the models. */
  boolean isModel(Path file) {
    return models.stream()
        .map(word -> Named.of(word).model())
        .anyMatch(model -> ModelOptions.isModel(file, model));
  }

  /**
   * Models that are loaded.
   *
   * @param all in the order of the command line
   */
  record Open(List<ServedModel> all) implements AutoCloseable {
    List<String> names() {
      return all.stream().map(ServedModel::name).toList();
    }

    @Override
    public void close() {
      all.forEach(ServedModel::close);
    }
  }

  private AnomalyDetector open(Path file, CommandSpec spec) {
    var detector = regions.apply(AnomalyDetector.load(file, engine.engine()), spec);
    var own = threshold;
    return own == null ? detector : detector.withThreshold(own);
  }

  private static CommandLine.ParameterException misused(CommandSpec spec, String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
