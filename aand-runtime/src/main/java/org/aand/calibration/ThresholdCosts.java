package org.aand.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What thresholds cost in false alarms and catch in defects, on images of which a person has said
 * what they are.
 *
 * @param normal scores of the normal images
 * @param defective scores of the defective images
 */
public record ThresholdCosts(List<Float> normal, List<Float> defective) {
  /** Thresholds between scores that are shown at most, evenly spaced in order. */
  private static final int MOST = 10;

  /**
   * @throws IllegalArgumentException if there are no scores, or one is not finite
   */
  public ThresholdCosts {
    normal = List.copyOf(normal);
    defective = List.copyOf(defective);
    if (normal.isEmpty() && defective.isEmpty()) {
      throw new IllegalArgumentException("no scores");
    }
    if (!Stream.concat(normal.stream(), defective.stream()).allMatch(Float::isFinite)) {
      throw new IllegalArgumentException("a score is not finite");
    }
  }

  /**
   * A threshold; images that score higher are called anomalous.
   *
   * @param falseAlarms of the normal images are called anomalous
   * @param caught of the defective images are called anomalous
   */
  public record Row(float threshold, int falseAlarms, int caught) {}

  /** The threshold of the best F1; empty unless there are images of both kinds. */
  public Optional<Float> bestF1() {
    return normal.isEmpty() || defective.isEmpty()
        ? Optional.empty()
        : Optional.of(F1Threshold.of(normal, defective));
  }

  /**
   * Thresholds between neighbouring scores, of many an even choice, and the highest score, by which
   * none is anomalous.
   *
   * @param others to show too
   * @return in ascending order
   */
  public List<Row> rows(Collection<Float> others) {
    var thresholds = new TreeSet<>(others);
    var between = between();
    int n = Math.min(MOST, between.size());
    for (int i = 0; i < n; i++) {
      thresholds.add(between.get(n == 1 ? 0 : i * (between.size() - 1) / (n - 1)));
    }
    return thresholds.stream().map(t -> new Row(t, above(normal, t), above(defective, t))).toList();
  }

  private List<Float> between() {
    var scores = new TreeSet<>(normal);
    scores.addAll(defective);
    var thresholds = new ArrayList<Float>();
    float last = Float.NaN;
    for (float score : scores) {
      if (!Float.isNaN(last)) {
        thresholds.add(Between.of(last, score));
      }
      last = score;
    }
    thresholds.add(last);
    return thresholds;
  }

  private static int above(List<Float> scores, float threshold) {
    return (int) scores.stream().filter(score -> score > threshold).count();
  }
}
