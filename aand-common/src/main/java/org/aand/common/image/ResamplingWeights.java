package org.aand.common.image;

import java.util.Arrays;

/**
 * The weights that make every new pixel along one axis from old ones, in fixed point.
 *
 * @param first per new pixel, the first old pixel that counts
 * @param weights per new pixel, the weights of the old pixels from there on, scaled by 2^22
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ResamplingWeights(int[] first, int[][] weights) {
  /** 32 bits less 8 for the pixel and 2 of headroom for overshoot. */
  private static final int FRACTION_BITS = 22;

  private static final int HALF = 1 << (FRACTION_BITS - 1);

  static ResamplingWeights of(int from, int to, Kernel kernel) {
    double scale = (double) from / to;
    double stretch = Math.max(scale, 1);
    double support = kernel.support() * stretch;
    int[] first = new int[to];
    int[][] weights = new int[to][];
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int begin = Math.max((int) (centre - support + 0.5), 0);
      int end = Math.min((int) (centre + support + 0.5), from);
      double[] exact = new double[end - begin];
      double total = 0;
      for (int k = 0; k < exact.length; k++) {
        exact[k] = kernel.at((k + begin - centre + 0.5) * (1 / stretch));
        total += exact[k];
      }
      first[i] = begin;
      weights[i] = new int[exact.length];
      for (int k = 0; k < exact.length; k++) {
        double scaled = (total == 0 ? exact[k] : exact[k] / total) * (1 << FRACTION_BITS);
        weights[i][k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
      }
    }
    return new ResamplingWeights(first, weights);
  }

  /**
   * Gives every row another length.
   *
   * @param pixels {@code [height, width, channels]}
   * @return {@code [height, new width, channels]}
   */
  byte[] alongRows(byte[] pixels, int width, int height, int channels) {
    byte[] result = new byte[height * first.length * channels];
    int at = 0;
    for (int y = 0; y < height; y++) {
      int row = y * width * channels;
      for (int x = 0; x < first.length; x++) {
        int[] taps = weights[x];
        int start = row + first[x] * channels;
        for (int c = 0; c < channels; c++) {
          int sum = HALF;
          int from = start + c;
          for (int tap : taps) {
            sum += (pixels[from] & 0xFF) * tap;
            from += channels;
          }
          result[at++] = clip(sum);
        }
      }
    }
    return result;
  }

  /**
   * Gives every column another length.
   *
   * @param pixels {@code [height, rowLength]}
   * @param rowLength width times channels
   * @return {@code [new height, rowLength]}
   */
  byte[] alongColumns(byte[] pixels, int rowLength) {
    byte[] result = new byte[first.length * rowLength];
    int[] sums = new int[rowLength];
    for (int y = 0; y < first.length; y++) {
      Arrays.fill(sums, HALF);
      for (int k = 0; k < weights[y].length; k++) {
        int tap = weights[y][k];
        int row = (first[y] + k) * rowLength;
        for (int i = 0; i < rowLength; i++) {
          sums[i] += (pixels[row + i] & 0xFF) * tap;
        }
      }
      for (int i = 0; i < rowLength; i++) {
        result[y * rowLength + i] = clip(sums[i]);
      }
    }
    return result;
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
  }
}
