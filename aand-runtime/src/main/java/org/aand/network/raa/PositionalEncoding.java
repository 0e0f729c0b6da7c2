package org.aand.network.raa;

/**
 * The two-dimensional sinusoidal position encoding.
 *
 * <p>The first half of the channels tells the column, the second the row. With {@code w_k = exp(-2k
 * ln(10000) / (C/2))}: channel 2k is {@code sin(x w_k)}, 2k+1 {@code cos(x w_k)}.
 *
 * <p>Source: {@code positionalencoding2d} of the released code; A. Vaswani et al., Attention is all
 * you need, NIPS 2017, section 3.5, for the one-dimensional form. The released code makes the table
 * in float32 whatever the network runs in, rounding every step; far from the origin that is 1e-6.
 */
public final class PositionalEncoding {
  private PositionalEncoding() {}

  /**
   * The encoding of a map.
   *
   * @param channels C, divisible by 4
   * @return {@code [H, W, C]} in row-major order
   * @throws IllegalArgumentException if C is not divisible by 4
   */
  public static double[] of(int channels, int height, int width) {
    if (channels % 4 != 0) {
      throw new IllegalArgumentException(
          "a position encoding needs channels divisible by 4, not " + channels);
    }
    int half = channels / 2;
    double[] encoding = new double[height * width * channels];
    for (int k = 0; k < half / 2; k++) {
      float exponent = 2 * k * (float) -(Math.log(10000.0) / half);
      float frequency = (float) Math.exp(exponent);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = (y * width + x) * channels + 2 * k;
          encoding[at] = (float) Math.sin(x * frequency);
          encoding[at + 1] = (float) Math.cos(x * frequency);
          encoding[at + half] = (float) Math.sin(y * frequency);
          encoding[at + half + 1] = (float) Math.cos(y * frequency);
        }
      }
    }
    return encoding;
  }
}
