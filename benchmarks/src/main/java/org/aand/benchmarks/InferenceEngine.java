package org.aand.benchmarks;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.aand.backend.Backend;
import org.aand.detect.Prediction;
import org.aand.model.ModelFile;
import org.aand.onnx.OnnxExport;
import org.aand.runtime.RuntimeModel;
import org.aand.samediff.Detector;
import org.aand.variant.Variant;

/** A network of random weights, opened in one of the ways that run it. */
interface InferenceEngine extends AutoCloseable {
  /** Threads of those engines that are told; SameDiff's takes OMP_NUM_THREADS. */
  int THREADS = 2;

  /**
   * Detects anomalies in a batch.
   *
   * @param images normalised, {@code [S, S, 3]} each
   */
  List<Prediction> detect(List<float[]> images);

  @Override
  void close();

  /**
   * Opens a network.
   *
   * @param engine java, samediff or onnxruntime
   */
  static InferenceEngine open(String engine, Variant variant, String backbone) {
    return switch (engine) {
      case "java" -> java(variant, backbone);
      case "samediff" -> sameDiff(variant, backbone);
      case "onnxruntime" -> onnxRuntime(variant, backbone);
      default -> throw new IllegalArgumentException(engine);
    };
  }

  /** An engine by what detects and what closes it. */
  record Opened(Function<List<float[]>, List<Prediction>> detector, Runnable closing)
      implements InferenceEngine {
    @Override
    public List<Prediction> detect(List<float[]> images) {
      return detector.apply(images);
    }

    @Override
    public void close() {
      closing.run();
    }
  }

  private static InferenceEngine java(Variant variant, String backbone) {
    var model = Networks.description(variant, backbone);
    var detector = RuntimeModel.of(model, Networks::values).detector(THREADS);
    return new Opened(detector::detect, detector::close);
  }

  private static InferenceEngine sameDiff(Variant variant, String backbone) {
    Backend.prepare();
    var model = Networks.model(variant, backbone);
    var detector = Detector.takingOver(model);
    return new Opened(
        detector::detect,
        () -> {
          detector.close();
          model.close();
        });
  }

  /** This program's own export, read from a file. */
  private static InferenceEngine onnxRuntime(Variant variant, String backbone) {
    try {
      var folder = Files.createTempDirectory("aand-benchmark");
      var file = folder.resolve(ModelFile.NAME);
      var onnx = folder.resolve("model.onnx");
      try {
        ModelFile.write(
            Networks.description(variant, backbone), Networks.notes(), Networks::values, file);
        OnnxExport.write(file, OptionalDouble.of(1), onnx);
        return new OrtInference(onnx, Networks.SIZE, THREADS);
      } finally {
        Files.deleteIfExists(onnx);
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException | OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
