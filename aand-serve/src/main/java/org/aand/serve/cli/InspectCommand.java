package org.aand.serve.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.model.ImageScore;
import org.aand.model.ModelDescription;
import org.aand.model.ModelFile;
import org.aand.model.Scoring;
import org.aand.variant.TrainedMethod;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: what a model file holds. */
@Command(
    name = "inspect",
    description = "Checks a model file and reports what it holds.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  aand inspect runs/bottle"})
public final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      description = "Run folder that train has written, or a model file.")
  private Path path;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  InspectCommand() {}

  private static String search(double arithmetic, ModelDescription model) {
    return String.format(
        Locale.ROOT,
        "exact, %.2f GFLOP %s",
        1e-9 * arithmetic,
        model.tiling().divides() ? "a tile" : "an image");
  }

  private static String score(ModelDescription model) {
    return model.scoredByNetwork()
        ? "greatest distance to the memory bank, re-weighted by its neighbours"
        : score(model.rule().score());
  }

  private static String score(ImageScore score) {
    var share =
        score.share() == 0
            ? "maximum"
            : String.format(Locale.ROOT, "mean of the greatest %.3g %%", 100 * score.share());
    return share
        + (score.isRelative() ? " of the map relative to normal images" : " of the anomaly map");
  }

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var file = ModelFile.locate(path);
    var stored = ModelFile.inspect(file);
    var model = stored.description();
    out.println("Model " + file + ", whole and readable");
    print(out, "format version", stored.version());
    print(out, "size", String.format(Locale.ROOT, "%.1f MiB", size(file) / (1024.0 * 1024)));
    print(out, "method", TrainedMethod.of(stored).label());
    print(out, "backbone", model.teacher().backbone().name());
    print(out, "teacher", stored.notes().teacher().path("label").asText("not said"));
    print(out, "image size", model.imageSize());
    if (model.tiling().divides()) {
      print(out, "resolution", model.tiling());
    }
    print(out, "smoothing", model.rule().sigma() + " pixels");
    print(out, "image score", score(model));
    model
        .scoring()
        .memoryBank()
        .ifPresent(
            bank -> {
              print(out, "memory bank", bank.label());
              int locations = Scoring.bankSize(model.imageSize()).pixels();
              print(out, "search", search(bank.arithmetic(locations), model));
            });
    print(out, "parameters", model.parameterCount());
    print(out, "SHA-256 of the parameters", stored.parametersSha256());
    var calibration = stored.notes().calibration();
    out.println(calibration.isPresent() ? "Calibration" : "Calibration: none; run calibrate");
    calibration.ifPresent(c -> ModelText.calibration(c).forEach(out::println));
    var provenance = stored.notes().provenance();
    out.println(provenance.isEmpty() ? "Provenance: not said" : "Provenance");
    print(out, "", provenance);
    return CommandLine.ExitCode.OK;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new InputException("cannot read the size of " + file + " (" + IoReason.of(e) + ")", e);
    }
  }

  private static void print(PrintWriter out, String prefix, JsonNode node) {
    node.properties()
        .forEach(
            field -> {
              if (field.getValue().isObject()) {
                print(out, prefix + field.getKey() + " ", field.getValue());
              } else {
                // A file's text may hold anything, control characters of a terminal too.
                print(
                    out,
                    prefix + field.getKey(),
                    field.getValue().asText().replaceAll("\\p{Cntrl}", " "));
              }
            });
  }

  private static void print(PrintWriter out, String label, Object value) {
    out.println(ModelText.line(label.replaceAll("\\p{Cntrl}", " "), value));
  }
}
