package org.aand.golden;

/**
 * What stage 1 of the released code logs of a level beside its losses.
 *
 * @param normalDistance mean {@code 1 - cos} of frozen and amplified features off the mask
 * @param normalNorm mean square of the residual's elements off the mask
 * @param anomalousNorm mean square of the residual's elements on the mask
 */
record LoggedQuantities(double normalDistance, double normalNorm, double anomalousNorm) {
  /** All maps {@code [R, C]} in row-major order. */
  static LoggedQuantities of(
      double[] frozen, double[] amplified, double[] residual, boolean[] anomalous) {
    int c = frozen.length / anomalous.length;
    double distance = 0;
    double[] squares = new double[2];
    int[] count = new int[2];
    for (int n = 0; n < anomalous.length; n++) {
      double ff = 0;
      double aa = 0;
      double fa = 0;
      int kind = anomalous[n] ? 1 : 0;
      count[kind]++;
      for (int i = n * c; i < (n + 1) * c; i++) {
        ff += frozen[i] * frozen[i];
        aa += amplified[i] * amplified[i];
        fa += frozen[i] * amplified[i];
        squares[kind] += residual[i] * residual[i];
      }
      distance += anomalous[n] ? 0 : 1 - fa / Math.sqrt(ff * aa);
    }
    return new LoggedQuantities(
        distance / count[0], squares[0] / count[0] / c, squares[1] / count[1] / c);
  }
}
