package org.aand.runtime.kernel;

import java.util.Arrays;

/**
 * The largest value of windows of {@code size} x {@code size} pixels by channel; what lies outside
 * does not count.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}
 *   <li>to: {@code [N, outHeight, outWidth, C]}
 * </ul>
 */
public final class MaxPool {
  private final ElementKernels kernels = Provider.arithmetic().elements();
  private final int height;
  private final int width;
  private final int channels;
  private final int size;
  private final int stride;
  private final int padding;
  private final Workers.Task task = this::line;
  private float[] x = {};
  private int offset;
  private float[] to = {};
  private int at;

  /**
   * Prepares windows.
   *
   * @throws IllegalArgumentException if a window could lie wholly outside
   */
  public MaxPool(int height, int width, int channels, int size, int stride, int padding) {
    if (padding >= size || height + 2 * padding < size || width + 2 * padding < size) {
      throw new IllegalArgumentException(
          "no windows of " + size + ", padding " + padding + ", in " + height + " x " + width);
    }
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.size = size;
    this.stride = stride;
    this.padding = padding;
  }

  public int outHeight() {
    return (height + 2 * padding - size) / stride + 1;
  }

  public int outWidth() {
    return (width + 2 * padding - size) / stride + 1;
  }

  /** Pools {@code images} maps. */
  public void run(Workers workers, int images, float[] x, int offset, float[] to, int at) {
    this.x = x;
    this.offset = offset;
    this.to = to;
    this.at = at;
    workers.run(images * outHeight(), task);
  }

  // First down the columns, whole lines at a time, then along the line.
  private void line(int index, Scratch scratch) {
    int values = width * channels;
    int image = offset + index / outHeight() * height * values;
    int top = index % outHeight() * stride - padding;
    int first = Math.max(top, 0);
    int end = Math.min(top + size, height);
    float[] column = scratch.floats(Scratch.Use.RESULT, values);
    Arrays.fill(column, 0, values, Float.NEGATIVE_INFINITY);
    for (int y = first; y < end; y++) {
      kernels.max(column, 0, x, image + y * values, column, 0, values);
    }
    for (int i = 0; i < outWidth(); i++) {
      int left = Math.max(i * stride - padding, 0);
      int right = Math.min(i * stride - padding + size, width);
      int pixel = at + (index * outWidth() + i) * channels;
      System.arraycopy(column, left * channels, to, pixel, channels);
      for (int j = left + 1; j < right; j++) {
        kernels.max(to, pixel, column, j * channels, to, pixel, channels);
      }
    }
  }
}
