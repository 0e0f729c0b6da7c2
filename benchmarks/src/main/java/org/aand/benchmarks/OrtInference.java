package org.aand.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aand.detect.Prediction;

/**
 * An exported model on ONNX Runtime with all its optimisations. Laying an image out channels first
 * and taking the map over, as every caller has to, counts; it takes a thousandth of the network's
 * time.
 */
final class OrtInference implements InferenceEngine {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final int size;
  private FloatBuffer input = FloatBuffer.allocate(0);

  OrtInference(Path file, int size, int threads) throws OrtException {
    this.size = size;
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      session = environment.createSession(file.toString(), options);
    }
  }

  @Override
  public List<Prediction> detect(List<float[]> images) {
    int pixels = size * size;
    int count = images.size() * 3 * pixels;
    if (input.capacity() != count) {
      input =
          ByteBuffer.allocateDirect(Float.BYTES * count)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    input.clear();
    for (var image : images) {
      for (int c = 0; c < 3; c++) {
        for (int i = 0; i < pixels; i++) {
          input.put(image[3 * i + c]);
        }
      }
    }
    long[] shape = {images.size(), 3, size, size};
    try (var tensor = OnnxTensor.createTensor(environment, input.flip(), shape);
        var outputs = session.run(Map.of("image", tensor))) {
      var maps = ((OnnxTensor) outputs.get("anomaly_map").orElseThrow()).getFloatBuffer();
      var scores = ((OnnxTensor) outputs.get("score").orElseThrow()).getFloatBuffer();
      var found = new ArrayList<Prediction>();
      for (int n = 0; n < images.size(); n++) {
        float[] map = new float[pixels];
        maps.get(map);
        found.add(new Prediction(map, scores.get()));
      }
      return found;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
