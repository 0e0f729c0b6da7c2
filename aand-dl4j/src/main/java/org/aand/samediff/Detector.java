package org.aand.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aand.common.image.ImageSize;
import org.aand.detect.LocationScores;
import org.aand.detect.MapPredictor;
import org.aand.detect.Prediction;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Outputs;
import org.aand.nn.Program;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds anomalies: from normalised images to anomaly maps and scores.
 *
 * <p>Not thread-safe. The model has to stay open as long as the detector.
 */
public final class Detector implements AutoCloseable {
  private final ImageSize size;
  private final NetGraph net;
  private final Program program;
  private final List<SDVariable> distances;
  private final MapPredictor predictor;

  /** Prepares a model for use. The model stays as it is; its kernels are then in memory twice. */
  public Detector(Model model) {
    this(model, new NetGraph(model.parameters(), NetGraph.Form.INFERENCE, DataType.FLOAT));
  }

  /**
   * Prepares a model for use and takes its kernels over, so that they are in memory once.
   *
   * @param model only to be closed afterwards
   */
  public static Detector takingOver(Model model) {
    return new Detector(model, NetGraph.takingOver(model.parameters(), DataType.FLOAT));
  }

  private Detector(Model model, NetGraph net) {
    this.net = net;
    size = model.imageSize();
    distances = model.scoring().build(net, model.teacher(), net.input("images"));
    program = net.program(distances);
    predictor = new MapPredictor(model.description(), this::discrepancies);
  }

  /**
   * Detects anomalies in one image, in its tiles where the model has any.
   *
   * @param image {@code [height, width, 3]} of the model's resolution, normalised
   */
  public Prediction detect(float[] image) {
    return predictor.predict(image);
  }

  /**
   * Detects anomalies in a batch that passes the network together; scores may differ from those of
   * single images in the last digits of single precision. Images in tiles pass one by one.
   *
   * @param images {@code [height, width, 3]} each, of the model's resolution, normalised
   */
  public List<Prediction> detect(List<float[]> images) {
    return predictor.predict(images);
  }

  /** Runs the network alone; see {@link LocationScores#of}. */
  public List<List<double[]>> discrepancies(List<float[]> images) {
    try (var batch = batch(images, size)) {
      var outputs = program.run(Map.of("images", batch));
      return IntStream.range(0, images.size())
          .mapToObj(n -> levels(outputs, distances, n, images.size()))
          .toList();
    }
  }

  /** Images side by side; closed by the caller. */
  static INDArray batch(List<float[]> images, ImageSize size) {
    int length = size.pixels() * 3;
    float[] all = new float[images.size() * length];
    for (int n = 0; n < images.size(); n++) {
      if (images.get(n).length != length) {
        throw new IllegalArgumentException(
            images.get(n).length + " values for an image of " + size);
      }
      System.arraycopy(images.get(n), 0, all, n * length, length);
    }
    return HostValues.array(all, images.size(), size.height(), size.width(), 3);
  }

  /** One image's part of each level. */
  static List<double[]> levels(Outputs outputs, List<SDVariable> variables, int image, int images) {
    var levels = new ArrayList<double[]>();
    for (var variable : variables) {
      double[] all = HostValues.read(outputs.get(variable));
      int length = all.length / images;
      levels.add(java.util.Arrays.copyOfRange(all, image * length, (image + 1) * length));
    }
    return levels;
  }

  @Override
  public void close() {
    program.close();
    net.close();
  }
}
