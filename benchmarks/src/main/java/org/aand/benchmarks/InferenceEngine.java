package org.aand.benchmarks;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  /** Threads of those engines that take a number; SameDiff's are set by OMP_NUM_THREADS. */
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
    var model = fromFile(variant, backbone, file -> RuntimeModel.read(file).model());
    var detector = model.detector(THREADS);
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
    return fromFile(
        variant,
        backbone,
        file -> {
          var onnx = file.resolveSibling("model.onnx");
          try {
            OnnxExport.write(file, OptionalDouble.of(1), onnx);
            return new OrtInference(onnx, Networks.SIZE, THREADS);
          } catch (OrtException e) {
            throw new IllegalStateException(e);
          } finally {
            Files.deleteIfExists(onnx);
          }
        });
  }

  /** Opens what is made of a model file. */
  @FunctionalInterface
  interface Opening<T> {
    /** Opens the file, which is deleted afterwards. */
    T open(Path file) throws IOException;
  }

  /** Writes a model file, as users have one, and opens it. */
  static <T> T fromFile(Variant variant, String backbone, Opening<T> opening) {
    try {
      var folder = Files.createTempDirectory("aand-benchmark");
      var file = folder.resolve(ModelFile.NAME);
      try {
        ModelFile.write(
            Networks.description(variant, backbone), Networks.notes(), Networks::values, file);
        return opening.open(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
