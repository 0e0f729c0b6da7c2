package org.aand.io.synthesis;

import org.aand.common.image.RgbImage;

/**
 * Bilinear resampling without antialiasing, in the fixed-point arithmetic of OpenCV's resize: how
 * textures are resized to the size of the image. (The images themselves are reduced with an
 * antialiasing filter.)
 *
 * <p>Pixel centres are aligned; weights have 11 fraction bits. Halving both sides exactly is the
 * rounded mean of 2x2 pixels.
 */
public final class BilinearResize {
  private static final int WEIGHT_ONE = 1 << 11;

  private BilinearResize() {}

  /**
   * Brings a texture to another size; the aspect ratio is not kept.
   *
   * @param image {@code [h, w, 3]}
   * @param width new width, at least 1
   * @param height new height, at least 1
   * @return {@code [height, width, 3]}; the image itself if it has that size
   */
  public static RgbImage resize(RgbImage image, int width, int height) {
    if (image.width() == width && image.height() == height) {
      return image;
    }
    byte[] out = new byte[3 * width * height];
    if (image.width() == 2 * width && image.height() == 2 * height) {
      halve(image, out);
      return new RgbImage(width, height, out);
    }
    var columns = Axis.of(image.width(), width);
    var rows = Axis.of(image.height(), height);
    int stride = 3 * width;
    // Source rows in horizontal resampling; at most two are alive at a time.
    int[][] lines = {new int[stride], new int[stride]};
    int[] inLine = {-1, -1};
    for (int y = 0; y < height; y++) {
      int upper = rows.clamped(y, 0);
      int lower = rows.clamped(y, 1);
      for (int row = upper; row <= lower; row++) {
        if (inLine[row & 1] != row) {
          alongRow(image, row, columns, lines[row & 1]);
          inLine[row & 1] = row;
        }
      }
      int[] a = lines[upper & 1];
      int[] b = lines[lower & 1];
      int weightB = rows.weights[y];
      int weightA = rows.complements[y];
      for (int x = 0; x < stride; x++) {
        int sum = ((weightA * (a[x] >> 4)) >> 16) + ((weightB * (b[x] >> 4)) >> 16);
        out[y * stride + x] = (byte) ((sum + 2) >> 2);
      }
    }
    return new RgbImage(width, height, out);
  }

  private static void alongRow(RgbImage image, int row, Axis columns, int[] line) {
    byte[] in = image.pixels();
    int start = 3 * row * image.width();
    for (int x = 0; x < columns.sources.length; x++) {
      int left = start + 3 * columns.clamped(x, 0);
      int right = start + 3 * columns.clamped(x, 1);
      int weight = columns.inside(x) ? columns.weights[x] : 0;
      int complement = columns.inside(x) ? columns.complements[x] : WEIGHT_ONE;
      for (int c = 0; c < 3; c++) {
        line[3 * x + c] = complement * (in[left + c] & 0xFF) + weight * (in[right + c] & 0xFF);
      }
    }
  }

  private static void halve(RgbImage image, byte[] out) {
    byte[] in = image.pixels();
    int stride = 3 * image.width();
    int at = 0;
    for (int y = 0; y < image.height(); y += 2) {
      for (int x = 0; x < image.width(); x += 2) {
        int from = y * stride + 3 * x;
        for (int c = 0; c < 3; c++, from++) {
          int sum =
              (in[from] & 0xFF)
                  + (in[from + 3] & 0xFF)
                  + (in[from + stride] & 0xFF)
                  + (in[from + stride + 3] & 0xFF);
          out[at++] = (byte) ((sum + 2) >> 2);
        }
      }
    }
  }

  /** For each new position the source left of it and the fixed-point weights of it and the next. */
  private static final class Axis {
    private final int length;
    private final int[] sources;
    private final int[] weights;
    private final int[] complements;

    private Axis(int from, int to) {
      this.length = from;
      this.sources = new int[to];
      this.weights = new int[to];
      this.complements = new int[to];
    }

    static Axis of(int from, int to) {
      var axis = new Axis(from, to);
      double scale = 1 / ((double) to / from);
      for (int i = 0; i < to; i++) {
        float position = (float) ((i + 0.5) * scale - 0.5);
        int source = (int) Math.floor(position);
        float fraction = position - source;
        axis.sources[i] = source;
        axis.weights[i] = (int) Math.rint(fraction * WEIGHT_ONE);
        axis.complements[i] = (int) Math.rint((1f - fraction) * WEIGHT_ONE);
      }
      return axis;
    }

    int clamped(int i, int step) {
      return Math.max(0, Math.min(length - 1, sources[i] + step));
    }

    boolean inside(int i) {
      return sources[i] >= 0 && sources[i] < length - 1;
    }
  }
}
