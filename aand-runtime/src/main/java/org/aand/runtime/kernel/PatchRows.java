package org.aand.runtime.kernel;

import java.util.Arrays;

/**
 * The patches of a map as rows {@code [N * outHeight * outWidth, kernelHeight * kernelWidth * C]},
 * gathered from {@code [N, H, W, C]} when they are needed; what lies outside is 0.
 */
final class PatchRows implements Rows {
  private final ConvolutionShape shape;
  private final int line;
  private float[] map = {};
  private int offset;

  PatchRows(ConvolutionShape shape) {
    this.shape = shape;
    line = shape.kernelWidth() * shape.inChannels();
  }

  /** Of a map whose pixels lie next to each other. */
  PatchRows set(ArrayRows map) {
    if (map.stride() != shape.inChannels() || map.blockStride() != Arithmetic.DEPTH) {
      throw new IllegalArgumentException("a line of a patch has to lie in one piece");
    }
    this.map = map.values();
    offset = map.offset();
    return this;
  }

  @Override
  public void gather(int row, int count, int k, int depth, float[] to, int at, int rowStride) {
    int outWidth = shape.outWidth();
    int outHeight = shape.outHeight();
    int x = row % outWidth;
    int rest = row / outWidth;
    int y = rest % outHeight;
    int image = offset + rest / outHeight * shape.height() * shape.width() * shape.inChannels();
    for (int i = 0; i < count; i++) {
      int top = y * shape.stride() - shape.padding();
      int left = (x * shape.stride() - shape.padding()) * shape.inChannels();
      patch(image, top, left, k, k + depth, to, at + i * rowStride);
      if (++x == outWidth) {
        x = 0;
        if (++y == outHeight) {
          y = 0;
          image += shape.height() * shape.width() * shape.inChannels();
        }
      }
    }
  }

  // The values of one line of a patch are consecutive in the map.
  private void patch(int image, int top, int left, int k, int end, float[] to, int at) {
    int width = shape.width() * shape.inChannels();
    for (int from = k, ky = k / line; from < end; ky++) {
      int until = Math.min(end, (ky + 1) * line);
      int y = top + ky;
      int place = at + from - k;
      if (y < 0 || y >= shape.height()) {
        Arrays.fill(to, place, place + until - from, 0);
      } else {
        int begin = left + from - ky * line;
        int stop = left + until - ky * line;
        int first = Math.min(Math.max(begin, 0), stop);
        int last = Math.max(Math.min(stop, width), first);
        if (begin < first) {
          Arrays.fill(to, place, place + first - begin, 0);
        }
        if (first < last) {
          System.arraycopy(map, image + y * width + first, to, place + first - begin, last - first);
        }
        if (last < stop) {
          Arrays.fill(to, place + last - begin, place + stop - begin, 0);
        }
      }
      from = until;
    }
  }
}
