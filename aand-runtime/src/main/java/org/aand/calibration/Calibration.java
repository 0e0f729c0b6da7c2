package org.aand.calibration;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aand.common.heatmap.ColorScale;
import org.aand.drift.NormalTraits;

/**
 * What scores mean: learned from normal images that the network was not trained on, its held-out
 * normals.
 *
 * @param normalScores the scores of the held-out normals, in ascending order, at least one
 * @param falseAlarmRate the share of normal images that may be called anomalous, in (0, 1)
 * @param threshold images that score higher are anomalous
 * @param basis where the threshold comes from
 * @param heatmapMaximum value of the brightest colour of heatmaps, positive; normal images stay in
 *     the lower half
 * @param normals which images the held-out normals are, in a few words
 * @param pixelThreshold where regions of their maps begin; absent in calibrations that were written
 *     before there was one
 * @param traits of the held-out normals, which drift is watched by; absent likewise
 */
public record Calibration(
    List<Float> normalScores,
    double falseAlarmRate,
    float threshold,
    Basis basis,
    double heatmapMaximum,
    String normals,
    Optional<PixelThreshold> pixelThreshold,
    Optional<NormalTraits> traits) {

  /** No more scores are kept: beyond, the rate's uncertainty is small already. */
  public static final int MAX_NORMALS = 20_000;

  /** Where a threshold comes from. */
  public enum Basis {
    /** The order statistic of the held-out normals that keeps the false-alarm rate. */
    QUANTILE,
    /** The best F1 on held-out normals and labelled defective images. */
    F1,
    /** The user's word. */
    USER
  }

  /**
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Calibration {
    normalScores = List.copyOf(normalScores);
    requireNonNull(basis, "basis");
    requireNonNull(normals, "normals");
    requireNonNull(pixelThreshold, "pixelThreshold");
    requireNonNull(traits, "traits");
    require(!normalScores.isEmpty() && normalScores.size() <= MAX_NORMALS, "number of normals");
    float last = Float.NEGATIVE_INFINITY;
    for (float score : normalScores) {
      require(Float.isFinite(score) && score >= last, "order of the normals' scores");
      last = score;
    }
    requireRate(falseAlarmRate);
    require(Float.isFinite(threshold), "threshold");
    require(heatmapMaximum > 0 && Double.isFinite(heatmapMaximum), "heatmap maximum");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("a calibration with a wrong " + what);
    }
  }

  /**
   * @throws IllegalArgumentException unless it is between 0 and 1
   */
  static void requireRate(double rate) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "the false-alarm rate " + rate + " is not between 0 and 1");
    }
  }

  /**
   * Which percentage of the held-out normals score lower; 100 for a score that none of them
   * reaches.
   */
  public double percentile(float score) {
    int at = Collections.binarySearch(normalScores, score);
    int lower = at < 0 ? -at - 1 : at;
    while (lower > 0 && normalScores.get(lower - 1) == score) {
      lower--;
    }
    return 100.0 * lower / normalScores.size();
  }

  /** How many of the held-out normals are called anomalous. */
  public int falseAlarms() {
    return (int) normalScores.stream().filter(score -> score > threshold).count();
  }

  /** The rate of false alarms on normal images to come, with its uncertainty. */
  public FalseAlarms expected() {
    return basis == Basis.QUANTILE
        ? FalseAlarms.aboveOrderStatistic(normalScores.size(), normalScores.size() - falseAlarms())
        : FalseAlarms.counted(normalScores.size(), falseAlarms());
  }

  /** What the threshold promises, in a sentence. */
  public String sentence() {
    var expected = expected();
    return String.format(
        Locale.ROOT,
        "Of normal parts to come %.1f%% are expected above the threshold (%.0f%% interval %.1f to"
            + " %.1f%%), from %s.",
        100 * expected.expected(),
        100 * FalseAlarms.CONFIDENCE,
        100 * expected.lower(),
        100 * expected.upper(),
        normals);
  }

  /** The one colour scale of all heatmaps. */
  public ColorScale heatmapScale() {
    return new ColorScale(0, heatmapMaximum);
  }

  /** The same with the threshold that keeps a false-alarm rate; see {@link FalseAlarms#rank}. */
  public Calibration withFalseAlarmRate(double rate) {
    requireRate(rate);
    int rank = FalseAlarms.rank(normalScores.size(), rate);
    return new Calibration(
        normalScores,
        rate,
        normalScores.get(rank - 1),
        Basis.QUANTILE,
        heatmapMaximum,
        normals,
        pixelThreshold,
        traits);
  }

  /** The same with another threshold. */
  public Calibration withThreshold(float newThreshold, Basis newBasis) {
    return new Calibration(
        normalScores,
        falseAlarmRate,
        newThreshold,
        newBasis,
        heatmapMaximum,
        normals,
        pixelThreshold,
        traits);
  }

  /**
   * A calibration by held-out normals.
   *
   * @param scores of the images, in any order; of more than {@value #MAX_NORMALS} evenly spaced
   *     order statistics are kept
   * @param heatmapMaximum see {@link HeatmapRange}
   */
  static Calibration of(
      List<Float> scores,
      double falseAlarmRate,
      double heatmapMaximum,
      String normals,
      Optional<PixelThreshold> pixelThreshold,
      Optional<NormalTraits> traits) {
    var sorted = new ArrayList<>(scores);
    Collections.sort(sorted);
    var kept = new ArrayList<Float>();
    int n = Math.min(sorted.size(), MAX_NORMALS);
    for (int i = 0; i < n; i++) {
      kept.add(sorted.get((int) ((long) i * sorted.size() / n)));
    }
    return new Calibration(
            kept,
            falseAlarmRate,
            kept.isEmpty() ? 0 : kept.get(kept.size() - 1),
            Basis.QUANTILE,
            heatmapMaximum,
            normals,
            pixelThreshold,
            traits)
        .withFalseAlarmRate(falseAlarmRate);
  }
}
