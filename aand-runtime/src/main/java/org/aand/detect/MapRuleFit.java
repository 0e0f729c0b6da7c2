package org.aand.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aand.common.image.ImageSize;
import org.aand.model.ImageScore;
import org.aand.model.MapRule;
import org.aand.model.ModelDescription;
import org.aand.model.NormalScores;
import org.aand.model.Scoring;
import org.aand.network.patchcore.PatchCore;

/**
 * Fits map and image score of a model to what its network says of normal images; no label is used.
 *
 * <ul>
 *   <li>Map: the discrepancies of teacher and student, each with weight 1 as in the paper; where
 *       there are any, the distance to a memory bank with {@value #BANK_WEIGHT} times, and the
 *       gates of the RAA modules with {@value #GATE_WEIGHT} of the weight at which they would
 *       spread over normal images as a level's discrepancy does
 *   <li>Image score: the mean of the {@value #SHARE} of the pixels that are greatest, of a map in
 *       which every location is compared with its own normal scores. A part that lies alike in all
 *       images is unlike itself at its edges and marks, image after image; there more is needed to
 *       be called anomalous. Discrepancies and memory bank are compared, the bank counting as much
 *       as all levels. Images in tiles are scored by the anomaly map itself.
 * </ul>
 *
 * <p>The deviation of a location is that over the normal images plus {@value #FLOOR} of the whole
 * level's, since a few images say little of a single location.
 */
public final class MapRuleFit {
  private static final double GATE_WEIGHT = 0.25;
  private static final double BANK_WEIGHT = 3;
  private static final double SHARE = 0.01;
  private static final double FLOOR = 0.5;

  /** Deviation of a level in which all locations score alike. */
  private static final double LEAST_DEVIATION = 1e-6;

  private final ModelDescription model;
  private final List<Level> levels;
  private int images;

  /** Sums over the images at each location. */
  private static final class Level {
    private final double[] sums;
    private final double[] squares;

    Level(int locations) {
      sums = new double[locations];
      squares = new double[locations];
    }

    void add(double[] scores) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += scores[i];
        squares[i] += scores[i] * scores[i];
      }
    }

    /** Over all images and locations. */
    double deviation(int images) {
      double mean = IntStream.range(0, sums.length).mapToDouble(i -> sums[i]).sum();
      double square = IntStream.range(0, sums.length).mapToDouble(i -> squares[i]).sum();
      double values = (double) images * sums.length;
      return Math.max(LEAST_DEVIATION, deviation(mean / values, square / values));
    }

    /**
     * @param weight of the level beside others
     */
    NormalScores normals(int images, double weight) {
      double floor = FLOOR * deviation(images);
      float[] means = new float[sums.length];
      float[] deviations = new float[sums.length];
      for (int i = 0; i < means.length; i++) {
        double mean = sums[i] / images;
        means[i] = (float) mean;
        deviations[i] = (float) ((floor + deviation(mean, squares[i] / images)) / weight);
      }
      return new NormalScores(means, deviations);
    }

    private static double deviation(double mean, double meanSquare) {
      return Math.sqrt(Math.max(0, meanSquare - mean * mean));
    }
  }

  /**
   * @param model as {@link #forFitting} gives it
   */
  public MapRuleFit(ModelDescription model) {
    this.model = model;
    levels =
        model.scoring().mapSizes(model.imageSize()).stream()
            .map(ImageSize::pixels)
            .map(Level::new)
            .toList();
  }

  /**
   * The model whose network gives every map that a fitted rule may use.
   *
   * @param bank that is joined to the discrepancy, if one is
   */
  public static ModelDescription forFitting(ModelDescription model, Optional<PatchCore> bank) {
    var scoring =
        model.scoring() instanceof Scoring.Discrepancy discrepancy
            ? new Scoring.Discrepancy(discrepancy.student(), model.teacher().gated(), bank)
            : model.scoring();
    return new ModelDescription(
        model.teacher(), scoring, model.tiling(), MapRule.paper(model.rule().sigma()));
  }

  /**
   * Adds a normal image, or one of its tiles.
   *
   * @param scores of each map, {@code [h, w]}
   */
  public void normal(List<double[]> scores) {
    for (int l = 0; l < levels.size(); l++) {
      levels.get(l).add(scores.get(l));
    }
    images++;
  }

  /**
   * The model with the fitted rule.
   *
   * @throws IllegalStateException if there were no images
   */
  public ModelDescription fitted() {
    if (images == 0) {
      throw new IllegalStateException("a rule cannot be fitted to no image");
    }
    var weights = weights();
    var normals = model.tiling().divides() ? List.<NormalScores>of() : normals();
    return new ModelDescription(
        model.teacher(),
        model.scoring(),
        model.tiling(),
        new MapRule(model.rule().sigma(), weights, new ImageScore(SHARE, normals)));
  }

  /** How many maps come first that are compared among each other: all but those that are joined. */
  private int discrepancies() {
    return model.scoring() instanceof Scoring.Discrepancy
        ? model.levelSizes().size()
        : levels.size();
  }

  private boolean hasBank() {
    return model.scoring() instanceof Scoring.Discrepancy discrepancy
        && discrepancy.memoryBank().isPresent();
  }

  private List<NormalScores> normals() {
    int compared = discrepancies();
    var normals = new ArrayList<NormalScores>();
    levels.subList(0, compared).forEach(level -> normals.add(level.normals(images, 1)));
    if (hasBank()) {
      normals.add(levels.get(compared).normals(images, compared));
    }
    return normals;
  }

  /** None at all where nothing is joined to the discrepancies. */
  private List<Double> weights() {
    int compared = discrepancies();
    if (levels.size() == compared) {
      return List.of();
    }
    var deviations = levels.stream().map(level -> level.deviation(images)).toList();
    double unit =
        deviations.subList(0, compared).stream().mapToDouble(d -> d).average().orElseThrow();
    var weights = new ArrayList<Double>();
    for (int l = 0; l < levels.size(); l++) {
      double joined = l == compared && hasBank() ? BANK_WEIGHT : GATE_WEIGHT;
      weights.add(l < compared ? 1 : joined * unit / deviations.get(l));
    }
    return weights;
  }
}
