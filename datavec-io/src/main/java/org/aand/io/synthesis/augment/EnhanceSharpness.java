package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * Blends the image with a smoothed one: {@code smooth + factor (v - smooth)}, truncated, clipped.
 * Pillow's sharpness enhancement: the smoothing kernel is (1 1 1; 1 5 1; 1 1 1)/13, rounded to
 * integers, and leaves the outermost pixels alone.
 *
 * @param factor 0 = smoothed, 1 = unchanged, above 1 = sharpened; not negative
 */
public record EnhanceSharpness(double factor) implements Augmenter {
  private static final int KERNEL_SUM = 13;
  private static final int CENTRE_EXTRA = 4;

  /**
   * @throws IllegalArgumentException if the factor is negative or not finite
   */
  public EnhanceSharpness {
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("sharpness factor " + factor);
    }
  }

  @Override
  public RgbImage apply(RgbImage image) {
    byte[] in = image.pixels();
    byte[] out = in.clone();
    int stride = 3 * image.width();
    int[] columnSums = new int[stride];
    float alpha = (float) factor;
    for (int y = 1; y < image.height() - 1; y++) {
      int row = y * stride;
      for (int x = 0; x < stride; x++) {
        columnSums[x] =
            (in[row - stride + x] & 0xFF) + (in[row + x] & 0xFF) + (in[row + stride + x] & 0xFF);
      }
      for (int x = 3; x < stride - 3; x++) {
        int value = in[row + x] & 0xFF;
        int sum = columnSums[x - 3] + columnSums[x] + columnSums[x + 3] + CENTRE_EXTRA * value;
        // Rounded division; an exact half cannot occur because the divisor is odd.
        int smooth = (2 * sum + KERNEL_SUM) / (2 * KERNEL_SUM);
        out[row + x] = (byte) Saturate.toByte((int) (smooth + alpha * (value - smooth)));
      }
    }
    return new RgbImage(image.width(), image.height(), out);
  }
}
