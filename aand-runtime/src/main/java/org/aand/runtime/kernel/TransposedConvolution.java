package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A transposed convolution with a 2x2 kernel and stride 2: every pixel becomes 2x2 pixels, {@code y
 * = activation(x * kernel + bias)}.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, in]}
 *   <li>y: {@code [N, 2 H, 2 W, out]}
 * </ul>
 *
 * <p>A product to {@code [N H W, 4 out]} whose blocks are scattered while they are in the cache.
 * One call at a time; several may share one packed kernel.
 */
public final class TransposedConvolution {
  private final int height;
  private final int width;
  private final int out;
  private final Product product;
  private final RowSink sink = this::scatter;
  private ArrayRows y = ArrayRows.NONE;

  /**
   * Prepares a transposed convolution.
   *
   * @param kernel from {@link #pack}
   */
  public TransposedConvolution(int height, int width, PackedMatrix kernel, Activation activation) {
    this.height = height;
    this.width = width;
    out = kernel.columns() / 4;
    product = new Product(kernel, activation);
  }

  /**
   * Lays a kernel out as {@code [in, 4 out]}.
   *
   * @param kernel {@code [2, 2, out, in]}; the array may be longer
   * @param bias {@code [out]}, or none
   * @throws IllegalArgumentException if the lengths do not fit
   */
  public static PackedMatrix pack(float[] kernel, int in, int out, float @Nullable [] bias) {
    if (kernel.length < 4 * in * out || (bias != null && bias.length != out)) {
      throw new IllegalArgumentException(
          "a kernel of " + kernel.length + " values for [2, 2, " + out + ", " + in + "]");
    }
    var packer = new MatrixPacker(in, 4 * out);
    packer.putColumns(0, 4 * out, kernel, 0);
    return packer.finish(bias == null ? null : bias(bias));
  }

  /** The bias {@code [4 out]} of a kernel that is laid out. */
  public static float[] bias(float[] bias) {
    float[] repeated = new float[4 * bias.length];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = bias[i % bias.length];
    }
    return repeated;
  }

  /** Computes {@code images} maps. */
  public void run(Workers workers, int images, ArrayRows x, ArrayRows y) {
    this.y = y;
    product.run(workers, x, images * height * width, sink);
  }

  // A column is (line, pixel, channel) of the 2x2 pixels.
  private void scatter(int row, int count, int column, int columns, float[] c, int stride) {
    int line = row / width;
    int x = row % width;
    for (int r = 0; r < count; r++) {
      for (int j = column; j < column + columns; ) {
        int place = j / out;
        int channel = j % out;
        int end = Math.min((place + 1) * out, column + columns) - j + channel;
        int length = y.together(channel, end);
        int pixel = (2 * line + place / 2) * 2 * width + 2 * x + place % 2;
        int to = y.at(pixel, channel);
        System.arraycopy(c, r * stride + j - column, y.values(), to, length);
        j += length;
      }
      if (++x == width) {
        x = 0;
        line++;
      }
    }
  }
}
