package org.aand.samediff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aand.detect.AnomalyMap;
import org.aand.detect.GaussianSmoothing;
import org.aand.detect.Prediction;
import org.aand.detect.TileBlend;
import org.aand.model.Tiling;
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
  /** The network's batch, so that a large image takes no more memory than a few small ones. */
  private static final int TILES = 8;

  private final Tiling tiling;
  private final int size;
  private final NetGraph net;
  private final Program program;
  private final List<SDVariable> distances;
  private final AnomalyMap anomalyMap;
  private final TileBlend blend;
  private final GaussianSmoothing smoothing;

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
    tiling = model.tiling();
    size = model.imageSize();
    distances = model.scoring().build(net, model.teacher(), net.input("images"));
    program = net.program(distances);
    // A tile's smoothing would reflect at the tile's border; the whole map's does not see it.
    double tileSigma = tiling.divides() ? 0 : model.sigma();
    anomalyMap = new AnomalyMap(size, model.scoring().mapSizes(size), tileSigma);
    blend = new TileBlend(tiling);
    smoothing = new GaussianSmoothing(tiling.resolution(), model.sigma());
  }

  /**
   * Detects anomalies in one image, in its tiles where the model has any.
   *
   * @param image {@code [N, N, 3]}, N the model's resolution, normalised
   */
  public Prediction detect(float[] image) {
    return tiling.divides() ? detectInTiles(image) : detect(List.of(image)).get(0);
  }

  /**
   * Detects anomalies in a batch that passes the network together; scores may differ from those of
   * single images in the last digits of single precision. Images in tiles pass one by one.
   *
   * @param images {@code [N, N, 3]} each, N the model's resolution, normalised
   */
  public List<Prediction> detect(List<float[]> images) {
    if (tiling.divides()) {
      return images.stream().map(this::detectInTiles).toList();
    }
    var predictions = new ArrayList<Prediction>();
    for (var levels : discrepancies(images)) {
      float[] map = anomalyMap.of(levels);
      predictions.add(new Prediction(map, AnomalyMap.score(map)));
    }
    return predictions;
  }

  private Prediction detectInTiles(float[] whole) {
    double[] sum = new double[tiling.resolution() * tiling.resolution()];
    for (int from = 0; from < tiling.count(); from += TILES) {
      int to = Math.min(from + TILES, tiling.count());
      var tiles = IntStream.range(from, to).mapToObj(t -> tiling.tile(whole, t)).toList();
      var found = discrepancies(tiles);
      for (int t = from; t < to; t++) {
        blend.add(anomalyMap.of(found.get(t - from)), t, sum);
      }
    }
    float[] map = smoothing.of(sum);
    return new Prediction(map, AnomalyMap.score(map));
  }

  /**
   * Runs the network alone.
   *
   * @param images {@code [S, S, 3]} each, normalised
   * @return for each image the score of each level, {@code [h, w]} in row-major order; with a
   *     student its discrepancy, each in [0, 2]
   */
  public List<List<double[]>> discrepancies(List<float[]> images) {
    try (var batch = batch(images, size)) {
      var outputs = program.run(Map.of("images", batch));
      return IntStream.range(0, images.size())
          .mapToObj(n -> levels(outputs, distances, n, images.size()))
          .toList();
    }
  }

  /** Images side by side; closed by the caller. */
  static INDArray batch(List<float[]> images, int size) {
    int length = size * size * 3;
    float[] all = new float[images.size() * length];
    for (int n = 0; n < images.size(); n++) {
      if (images.get(n).length != length) {
        throw new IllegalArgumentException(
            images.get(n).length + " values for an image of " + size + "x" + size);
      }
      System.arraycopy(images.get(n), 0, all, n * length, length);
    }
    return HostValues.array(all, images.size(), size, size, 3);
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
