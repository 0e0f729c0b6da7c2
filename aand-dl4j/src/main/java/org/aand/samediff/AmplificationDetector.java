package org.aand.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aand.common.image.ImageSize;
import org.aand.detect.AnomalyMap;
import org.aand.detect.Prediction;
import org.aand.nn.CosineDistance;
import org.aand.nn.NetGraph;
import org.aand.nn.Program;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What stage 1 alone finds: the discrepancy of frozen and amplified features, and the gates.
 *
 * <p>Not thread-safe. The model has to stay open as long as the detector.
 */
public final class AmplificationDetector implements AutoCloseable {
  /**
   * What is found in one image.
   *
   * @param prediction of frozen against amplified features
   * @param gates of each level, {@code [h w]}, in [0, 1]
   */
  public record Found(Prediction prediction, List<double[]> gates) {}

  private final ImageSize size;
  private final NetGraph net;
  private final Program program;
  private final List<SDVariable> distances = new ArrayList<>();
  private final List<SDVariable> gates = new ArrayList<>();
  private final AnomalyMap anomalyMap;

  /**
   * Prepares a model whose teacher has modules with gates; the model stays as it is.
   *
   * @throws IllegalArgumentException if the model works in tiles
   */
  public AmplificationDetector(Model model) {
    if (model.tiling().divides()) {
      throw new IllegalArgumentException("gates are found in whole images, not in tiles");
    }
    size = model.imageSize();
    net = new NetGraph(model.parameters(), NetGraph.Form.INFERENCE, DataType.FLOAT);
    var features = model.teacher().backbone().build(net, net.input("images"));
    var amplified = model.teacher().amplify(net, features);
    for (int i = 0; i < features.size(); i++) {
      gates.add(model.teacher().modules().get(i).gate(net, features.get(i)));
      distances.add(CosineDistance.of(features.get(i), amplified.get(i)));
    }
    var outputs = new ArrayList<>(distances);
    outputs.addAll(gates);
    program = net.program(outputs);
    anomalyMap = new AnomalyMap(size, model.levelSizes(), model.description().rule().sigma());
  }

  /**
   * Detects anomalies in one image.
   *
   * @param image {@code [height, width, 3]}, normalised
   */
  public Found detect(float[] image) {
    try (var batch = Detector.batch(List.of(image), size)) {
      var outputs = program.run(Map.of("images", batch));
      float[] map = anomalyMap.of(Detector.levels(outputs, distances, 0, 1));
      return new Found(
          new Prediction(map, AnomalyMap.score(map)), Detector.levels(outputs, gates, 0, 1));
    }
  }

  @Override
  public void close() {
    program.close();
    net.close();
  }
}
