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
  // Turned at a time: what lies on one line of the cache.
  private static final int ROWS = 16;

  private final int height;
  private final int width;
  private final int in;
  private final int out;
  private final Product product;
  private final MatrixRows rows = new MatrixRows();
  private final RowSink sink = this::scatter;
  private float[] y = {};
  private int offset;

  /**
   * Prepares a transposed convolution.
   *
   * @param kernel from {@link #pack}
   */
  public TransposedConvolution(int height, int width, PackedMatrix kernel, Activation activation) {
    this.height = height;
    this.width = width;
    in = kernel.depth();
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
    float[] repeated = null;
    if (bias != null) {
      repeated = new float[4 * out];
      for (int i = 0; i < 4 * out; i++) {
        repeated[i] = bias[i % out];
      }
    }
    PackedMatrix packed = new PackedMatrix(in, 4 * out, repeated);
    float[] rows = new float[ROWS * 4 * out];
    for (int i = 0; i < in; i += ROWS) {
      int count = Math.min(ROWS, in - i);
      for (int column = 0; column < 4 * out; column++) {
        turn(kernel, column * in + i, count, rows, column, 4 * out);
      }
      packed.put(i, count, rows, 0);
    }
    return packed;
  }

  private static void turn(float[] from, int offset, int count, float[] to, int at, int stride) {
    for (int r = 0; r < count; r++) {
      to[at + r * stride] = from[offset + r];
    }
  }

  /** Computes {@code images} maps. */
  public void run(Workers workers, int images, float[] x, int xOffset, float[] y, int yOffset) {
    this.y = y;
    offset = yOffset;
    product.run(workers, rows.set(x, xOffset, in), images * height * width, sink);
  }

  // A column is (line, pixel, channel) of the 2x2 pixels.
  private void scatter(int row, int count, int column, int columns, float[] c, int stride) {
    int line = row / width;
    int x = row % width;
    for (int r = 0; r < count; r++) {
      for (int j = column; j < column + columns; ) {
        int place = j / out;
        int length = Math.min((place + 1) * out, column + columns) - j;
        int pixel = (2 * line + place / 2) * 2 * width + 2 * x + place % 2;
        int to = offset + pixel * out + j % out;
        System.arraycopy(c, r * stride + j - column, y, to, length);
        j += length;
      }
      if (++x == width) {
        x = 0;
        line++;
      }
    }
  }
}
