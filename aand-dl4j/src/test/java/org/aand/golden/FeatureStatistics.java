package org.aand.golden;

import java.util.Arrays;

/**
 * What the reference tells about a feature map as a whole.
 *
 * @param mean of all values
 * @param std of all values, unbiased
 * @param absmax the largest absolute value
 */
record FeatureStatistics(double mean, double std, double absmax) {
  static FeatureStatistics of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double absmax = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    return new FeatureStatistics(mean, Math.sqrt(squares / (values.length - 1)), absmax);
  }

  /** Mean of each channel of {@code [C, ...]}. */
  static double[] channelMeans(double[] values, int channels) {
    int n = values.length / channels;
    double[] means = new double[channels];
    for (int c = 0; c < channels; c++) {
      means[c] = Arrays.stream(values, c * n, (c + 1) * n).average().orElseThrow();
    }
    return means;
  }

  /** Population deviation of each channel of {@code [C, ...]}. */
  static double[] channelDeviations(double[] values, int channels) {
    int n = values.length / channels;
    double[] means = channelMeans(values, channels);
    double[] deviations = new double[channels];
    for (int c = 0; c < channels; c++) {
      double mean = means[c];
      double squares =
          Arrays.stream(values, c * n, (c + 1) * n).map(v -> (v - mean) * (v - mean)).sum();
      deviations[c] = Math.sqrt(squares / n);
    }
    return deviations;
  }
}
