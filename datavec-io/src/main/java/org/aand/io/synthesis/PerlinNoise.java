package org.aand.io.synthesis;

import java.util.random.RandomGenerator;

/**
 * Gradient noise on a grid of unit vectors at random angles: quintic fade, interpolated along the
 * rows' axis first, scaled by the square root of 2.
 *
 * <p>The grid has {@code rowPeriods} cells from top to bottom and {@code columnPeriods} from left
 * to right. Sizes need not be multiples of the periods: a pixel belongs to the cell its upper left
 * corner lies in (the released code is defined for multiples only and agrees there).
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>K. Perlin. Improving noise. SIGGRAPH 2002 (the fade 6t^5 - 15t^4 + 10t^3).
 * </ol>
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rowPeriods cells along the rows' axis (down), 1..height
 * @param columnPeriods cells along the columns' axis (right), 1..width
 */
public record PerlinNoise(int width, int height, int rowPeriods, int columnPeriods) {
  private static final double SCALE = Math.sqrt(2);

  /**
   * @throws IllegalArgumentException if a size or period is out of range
   */
  public PerlinNoise {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("noise of " + width + "x" + height);
    }
    if (rowPeriods < 1 || rowPeriods > height || columnPeriods < 1 || columnPeriods > width) {
      throw new IllegalArgumentException(
          rowPeriods + "x" + columnPeriods + " periods in " + width + "x" + height);
    }
  }

  /** How many gradients there are, {@code (rowPeriods + 1) * (columnPeriods + 1)}. */
  public int gradients() {
    return (rowPeriods + 1) * (columnPeriods + 1);
  }

  /**
   * Noise with random gradients.
   *
   * @param random gives one uniform number per gradient, in row-major order
   * @return {@code [height, width]}, within -1..1
   */
  public double[] draw(RandomGenerator random) {
    double[] uniforms = new double[gradients()];
    for (int i = 0; i < uniforms.length; i++) {
      uniforms[i] = random.nextDouble();
    }
    return evaluate(uniforms);
  }

  /**
   * Noise with given gradients.
   *
   * @param uniforms {@code [rowPeriods + 1, columnPeriods + 1]}; the angle of a gradient is 2 pi
   *     times its number, measured from the rows' axis
   * @return {@code [height, width]}, within -1..1
   */
  public double[] evaluate(double[] uniforms) {
    if (uniforms.length != gradients()) {
      throw new IllegalArgumentException(uniforms.length + " uniforms, not " + gradients());
    }
    double[] down = new double[uniforms.length];
    double[] right = new double[uniforms.length];
    for (int i = 0; i < uniforms.length; i++) {
      double angle = 2 * Math.PI * uniforms[i];
      down[i] = Math.cos(angle);
      right[i] = Math.sin(angle);
    }
    int[] cells = new int[width];
    double[] offsets = new double[width];
    double[] fades = new double[width];
    for (int x = 0; x < width; x++) {
      cells[x] = cell(x, columnPeriods, width);
      offsets[x] = offset(x, columnPeriods, width);
      fades[x] = fade(offsets[x]);
    }
    double[] noise = new double[width * height];
    int stride = columnPeriods + 1;
    // Along the columns' axis a corner's contribution is linear: value + offset * slope.
    double[] values = new double[stride];
    double[] slopes = new double[stride];
    for (int y = 0; y < height; y++) {
      int above = cell(y, rowPeriods, height) * stride;
      int below = above + stride;
      double offset = offset(y, rowPeriods, height);
      double fade = fade(offset);
      for (int i = 0; i < stride; i++) {
        values[i] = lerp(down[above + i] * offset, down[below + i] * (offset - 1), fade);
        slopes[i] = lerp(right[above + i], right[below + i], fade);
      }
      for (int x = 0; x < width; x++) {
        int i = cells[x];
        double first = values[i] + offsets[x] * slopes[i];
        double second = values[i + 1] + (offsets[x] - 1) * slopes[i + 1];
        noise[y * width + x] = SCALE * lerp(first, second, fades[x]);
      }
    }
    return noise;
  }

  private static int cell(int position, int periods, int size) {
    return (int) ((long) position * periods / size);
  }

  private static double offset(int position, int periods, int size) {
    return (double) ((long) position * periods % size) / size;
  }

  private static double fade(double t) {
    return t * t * t * (t * (t * 6 - 15) + 10);
  }

  private static double lerp(double a, double b, double t) {
    return a + t * (b - a);
  }
}
