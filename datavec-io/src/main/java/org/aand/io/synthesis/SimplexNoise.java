package org.aand.io.synthesis;

import java.util.random.RandomGenerator;

/**
 * Gradient noise in three dimensions on a grid of tetrahedra: every place has contributions of its
 * tetrahedron's four corners alone, each {@code (0.6 - r^2)^4} times the product of the corner's
 * gradient with the way r from it.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>K. Perlin. Noise hardware. SIGGRAPH course notes, 2001.
 *   <li>S. Gustavson. Simplex noise demystified. 2005 (corners by the order of the coordinates, the
 *       radius 0.6 and the scale 32).
 * </ol>
 */
public final class SimplexNoise {
  private static final int SIZE = 256;
  private static final double SKEW = 1 / 3.0;
  private static final double UNSKEW = 1 / 6.0;
  private static final double RADIUS = 0.6;

  /** Brings the values to about -1..1. */
  private static final double SCALE = 32;

  /** The middles of a cube's edges. */
  private static final int[][] GRADIENTS = {
    {1, 1, 0}, {-1, 1, 0}, {1, -1, 0}, {-1, -1, 0},
    {1, 0, 1}, {-1, 0, 1}, {1, 0, -1}, {-1, 0, -1},
    {0, 1, 1}, {0, -1, 1}, {0, 1, -1}, {0, -1, -1}
  };

  private final int[] permutation = new int[SIZE];

  /**
   * @param random draws which corner has which gradient
   */
  public SimplexNoise(RandomGenerator random) {
    for (int i = 0; i < SIZE; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
  }

  /** The noise at a place, within about -1..1; 0 in the corners of the grid. */
  public double at(double x, double y, double z) {
    double skewed = (x + y + z) * SKEW;
    int i = floor(x + skewed);
    int j = floor(y + skewed);
    int k = floor(z + skewed);
    double back = (i + j + k) * UNSKEW;
    double dx = x - i + back;
    double dy = y - j + back;
    double dz = z - k + back;
    // How many of the other coordinates each is not less than, ties going to the first.
    int rankX = (dx >= dy ? 1 : 0) + (dx >= dz ? 1 : 0);
    int rankY = (dx < dy ? 1 : 0) + (dy >= dz ? 1 : 0);
    int rankZ = 2 - (dx >= dz ? 1 : 0) - (dy >= dz ? 1 : 0);
    double sum = 0;
    for (int corner = 0; corner < 4; corner++) {
      // The way from the first corner to the last goes along the greatest coordinate first.
      int stepX = rankX + corner > 2 ? 1 : 0;
      int stepY = rankY + corner > 2 ? 1 : 0;
      int stepZ = rankZ + corner > 2 ? 1 : 0;
      double along = corner * UNSKEW;
      sum +=
          contribution(
              gradient(i + stepX, j + stepY, k + stepZ),
              dx - stepX + along,
              dy - stepY + along,
              dz - stepZ + along);
    }
    return SCALE * sum;
  }

  /**
   * Several octaves of noise, each of half the wavelength of the one before it: {@code sum_o
   * persistence^o noise(x / l_o, y / l_o, c / l_o)} with {@code l_o = wavelength / 2^o}.
   *
   * @param width in pixels
   * @param height in pixels
   * @param channels the third coordinate
   * @return {@code [height, width, channels]}
   */
  public double[] octaves(
      int width, int height, int channels, int octaves, double persistence, double wavelength) {
    double[] noise = new double[width * height * channels];
    double amplitude = 1;
    double length = wavelength;
    for (int octave = 0; octave < octaves; octave++) {
      for (int at = 0; at < noise.length; at++) {
        int pixel = at / channels;
        noise[at] +=
            amplitude
                * at(
                    pixel % width / length,
                    (double) (pixel / width) / length,
                    at % channels / length);
      }
      amplitude *= persistence;
      length /= 2;
    }
    return noise;
  }

  private static int floor(double value) {
    return (int) Math.floor(value);
  }

  private int[] gradient(int i, int j, int k) {
    int hash = permuted(i + permuted(j + permuted(k)));
    return GRADIENTS[hash % GRADIENTS.length];
  }

  private int permuted(int index) {
    return permutation[index & (SIZE - 1)];
  }

  private static double contribution(int[] gradient, double dx, double dy, double dz) {
    double near = RADIUS - dx * dx - dy * dy - dz * dz;
    if (near <= 0) {
      return 0;
    }
    double square = near * near;
    return square * square * (gradient[0] * dx + gradient[1] * dy + gradient[2] * dz);
  }
}
