package org.aand.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.aand.model.ModelDescription;
import org.aand.onnx.OnnxExport;
import org.aand.serve.cli.ModelOptions;
import org.aand.serve.cli.ModelText;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: a trained model as an ONNX file. */
@Command(
    name = "export",
    description = {
      "Writes a trained model as one ONNX file, which ONNX Runtime, OpenVINO, TensorRT and others"
          + " run without this program."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Input image: float32 [N, 3, H, W], RGB, 0 to 1; it is normalised in the graph.",
      "Outputs: anomaly_map float32 [N, 1, H, W], score float32 [N], anomalous bool [N]."
          + " The file's metadata has threshold, calibration, preprocessing, versions and hashes.",
      "",
      "Examples:",
      "  aand export --model runs/bottle --out bottle.onnx",
      "  aand export --model runs/bottle --threshold 0.45 --out bottle.onnx"
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions by;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "ONNX file to write; one that is there is replaced.")
  private Path out;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExportCommand() {}

  @Override
  public Integer call() throws IOException {
    var model = OnnxExport.write(by.model(), by.threshold(spec), out);
    describe(model);
    return CommandLine.ExitCode.OK;
  }

  private void describe(ModelDescription model) throws IOException {
    var writer = spec.commandLine().getOut();
    var size = model.resolution();
    writer.println("ONNX model: " + out);
    if (Files.isRegularFile(out)) {
      double mebibytes = Files.size(out) / (1024.0 * 1024);
      writer.println(ModelText.line("size", String.format(Locale.ROOT, "%.1f MiB", mebibytes)));
    }
    writer.println(ModelText.line("operator set", OnnxExport.OPSET));
    writer.println(
        ModelText.line("input image", "[N, 3, " + size.height() + ", " + size.width() + "]"));
    if (model.tiling().divides()) {
      writer.println(ModelText.line("in the graph", model.tiling().count() + " tiles an image"));
    }
  }
}
