package org.aand.onnx;

import java.io.BufferedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import onnx.Onnx.ModelProto;
import org.aand.api.DecisionRule;
import org.aand.common.InputException;
import org.aand.common.ProgramVersion;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.OutputPlace;
import org.aand.model.ModelDescription;
import org.aand.model.ModelFile;

/**
 * Writes a trained model as one ONNX file, which any runtime of the standard runs without this
 * program.
 *
 * <ul>
 *   <li>input {@code image}: float32 {@code [N, 3, H, W]}, RGB, 0..1, resized to the model's
 *       resolution, H high and W wide; normalised in the graph, in tiles too where the model has
 *       any
 *   <li>output {@code anomaly_map}: float32 {@code [N, 1, H, W]}, smoothed, greater for more
 *       anomalous
 *   <li>output {@code score}: float32 {@code [N]}, by the model's rule
 *   <li>output {@code anomalous}: bool {@code [N]}, whether the score is above the threshold
 * </ul>
 *
 * <p>Source: Open Neural Network Exchange, operator set {@value #OPSET}, of which only standard
 * operators are used.
 */
public final class OnnxExport {
  /** Version of the operator set. */
  public static final int OPSET = 13;

  /** The version of the file's form that came with the operator set. */
  private static final int IR_VERSION = 7;

  private OnnxExport() {}

  /**
   * Exports a model; the file appears complete or not at all. The parameters pass one by one.
   *
   * @param model a model file, or the run folder that it is in
   * @param ownThreshold goes before the calibration's
   * @param out the file to write; one that is there is replaced
   * @return what the model is
   * @throws InputException if the model cannot be used, has no threshold, or is too large for the
   *     format; if the file cannot be written, or is the model itself
   */
  public static ModelDescription write(Path model, OptionalDouble ownThreshold, Path out) {
    var file = ModelFile.locate(model);
    var contents = ModelFile.inspect(file);
    requireOther(file, out);
    float threshold =
        (float)
            new DecisionRule(contents.notes().calibration(), ownThreshold)
                .threshold()
                .orElseThrow(() -> uncalibrated(file));
    var graph = DetectorGraph.of(contents.description(), threshold);
    var head = head();
    var tail = tail(contents, threshold, ownThreshold.isPresent());
    requireSize(file, graph, tail);
    AtomicFile.writeByPath(
        out,
        path -> {
          try (var stream = new BufferedOutputStream(Files.newOutputStream(path))) {
            var writer = new ModelWriter(head, graph, tail, stream);
            if (!ModelFile.read(file, description -> writer).equals(contents)) {
              throw new InputException(
                  "the model " + file + " changed while it was exported; export it again");
            }
            writer.finish();
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
    return contents.description();
  }

  private static void requireOther(Path file, Path out) {
    if (OutputPlace.same(file, out)) {
      throw new InputException(
          "cannot write " + out + ": it is the model itself; name another file");
    }
  }

  private static InputException uncalibrated(Path file) {
    return new InputException(
        "the model "
            + file
            + " has no threshold, which the exported graph decides by; run calibrate, or give one"
            + " with --threshold");
  }

  /** Lengths inside the file have 31 bits. */
  private static void requireSize(Path file, Graph.Needed graph, ModelProto tail) {
    long bytes = ModelWriter.length(graph) + tail.getSerializedSize();
    if (bytes > Integer.MAX_VALUE - (1 << 10)) {
      throw new InputException(
          "the model "
              + file
              + " cannot be exported: an ONNX file holds at most 2 GiB, and its network ("
              + graph.layers().size()
              + " layers) takes "
              + bytes
              + " bytes");
    }
  }

  private static ModelProto head() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("aand")
        .setProducerVersion(ProgramVersion.get())
        .setDocString(
            "Anomaly detector. Input "
                + DetectorGraph.IMAGE
                + ": RGB, 0 to 1, resized as the metadata's preprocessing says.")
        .build();
  }

  private static ModelProto tail(ModelFile.Contents contents, float threshold, boolean own) {
    var tail = ModelProto.newBuilder();
    tail.addOpsetImportBuilder().setDomain("").setVersion(OPSET);
    Metadata.of(contents, threshold, own, ProgramVersion.get())
        .forEach((key, value) -> tail.addMetadataPropsBuilder().setKey(key).setValue(value));
    return tail.build();
  }
}
