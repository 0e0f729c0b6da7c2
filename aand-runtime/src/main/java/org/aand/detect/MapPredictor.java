package org.aand.detect;

import java.util.List;
import java.util.stream.IntStream;
import org.aand.model.ModelDescription;
import org.aand.model.Tiling;

/**
 * From normalised images to anomaly maps and scores, whatever runs the network; in tiles where the
 * model has any.
 */
public final class MapPredictor {
  /** The network's batch, so that a large image takes no more memory than a few small ones. */
  private static final int TILES = 8;

  private final LocationScores network;
  private final Tiling tiling;
  private final AnomalyMap anomalyMap;
  private final ImageScorer scorer;
  private final TileBlend blend;
  private final GaussianSmoothing smoothing;

  /**
   * Prepares the maps of a model.
   *
   * @param network runs it
   */
  public MapPredictor(ModelDescription model, LocationScores network) {
    this.network = network;
    tiling = model.tiling();
    var rule = model.rule();
    var size = model.imageSize();
    // A tile's smoothing would reflect at the tile's border; the whole map's does not see it.
    double tileSigma = tiling.divides() ? 0 : rule.sigma();
    anomalyMap = new AnomalyMap(size, model.scoring().mapSizes(size), rule, tileSigma);
    scorer = new ImageScorer(model);
    blend = new TileBlend(tiling);
    smoothing = new GaussianSmoothing(tiling.resolution(), rule.sigma());
  }

  /**
   * Detects anomalies in one image, in its tiles where the model has any.
   *
   * @param image {@code [height, width, 3]} of the model's resolution, normalised
   */
  public Prediction predict(float[] image) {
    return tiling.divides() ? predictInTiles(image) : predict(List.of(image)).get(0);
  }

  /**
   * Detects anomalies in a batch that passes the network together. Images in tiles pass one by one.
   *
   * @param images {@code [height, width, 3]} each, of the model's resolution, normalised
   */
  public List<Prediction> predict(List<float[]> images) {
    return tiling.divides()
        ? images.stream().map(this::predictInTiles).toList()
        : network.of(images).stream().map(this::prediction).toList();
  }

  private Prediction prediction(List<double[]> scores) {
    float[] map = anomalyMap.of(scores);
    return new Prediction(map, scorer.of(scores, map));
  }

  private Prediction predictInTiles(float[] whole) {
    double[] sum = new double[tiling.resolution().pixels()];
    for (int from = 0; from < tiling.count(); from += TILES) {
      int to = Math.min(from + TILES, tiling.count());
      var tiles = IntStream.range(from, to).mapToObj(t -> tiling.tile(whole, t)).toList();
      var found = network.of(tiles);
      for (int t = from; t < to; t++) {
        blend.add(anomalyMap.of(found.get(t - from)), t, sum);
      }
    }
    float[] map = smoothing.of(sum);
    return new Prediction(map, scorer.of(map));
  }
}
