package org.aand.calibration;

import java.util.List;
import org.aand.metrics.F1Max;

/** The threshold that tells normal from defective images best, by F1. */
final class F1Threshold {
  private F1Threshold() {}

  /**
   * Half way between the lowest score that the best F1 calls defective and the next below, so that
   * the rule "higher than the threshold" decides alike and new scores have room on both sides.
   *
   * @param normal scores of normal images, at least one
   * @param defective scores of defective images, at least one
   */
  static float of(List<Float> normal, List<Float> defective) {
    int n = normal.size() + defective.size();
    float[] scores = new float[n];
    boolean[] isDefective = new boolean[n];
    for (int i = 0; i < n; i++) {
      isDefective[i] = i >= normal.size();
      scores[i] = isDefective[i] ? defective.get(i - normal.size()) : normal.get(i);
    }
    float lowest = F1Max.of(scores, isDefective).threshold();
    float below = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      below = score < lowest ? Math.max(below, score) : below;
    }
    return Between.of(below, lowest);
  }
}
