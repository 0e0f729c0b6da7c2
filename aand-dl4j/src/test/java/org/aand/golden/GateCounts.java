package org.aand.golden;

/**
 * Precision and recall of the gate over one half at every level, averaged over the levels, as stage
 * 1 of the released code logs them: in float32, with 1e-5 added to each denominator.
 */
final class GateCounts {
  private static final float EPSILON = 1e-5f;

  private int levels;
  private float precisions;
  private float recalls;

  /** Takes one level. */
  void add(double[] gate, boolean[] anomalous) {
    int both = 0;
    int predicted = 0;
    int actual = 0;
    for (int i = 0; i < gate.length; i++) {
      boolean positive = gate[i] > 0.5;
      predicted += positive ? 1 : 0;
      actual += anomalous[i] ? 1 : 0;
      both += positive && anomalous[i] ? 1 : 0;
    }
    levels++;
    precisions += both / (predicted + EPSILON);
    recalls += both / (actual + EPSILON);
  }

  double precision() {
    return precisions / levels;
  }

  double recall() {
    return recalls / levels;
  }
}
