package org.aand.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One Gaussian of C-dimensional features at each location of a map, as parameters.
 *
 * <ul>
 *   <li>means: {@code [H W, C]}
 *   <li>whitening of a row of the map: {@code [W, C (C + 1) / 2]}; at each location a lower
 *       triangular matrix A, row after row, with {@code A^T A} the inverse of the covariance
 * </ul>
 *
 * <p>There is a parameter for each row of the map, so that no array has to hold them all.
 *
 * @param name that the parameters begin with
 * @param height H
 * @param width W
 * @param channels C
 */
public record LocationGaussians(String name, int height, int width, int channels) {
  /**
   * @throws IllegalArgumentException if a side or the number of channels is not positive
   */
  public LocationGaussians {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "Gaussians of " + channels + " channels at " + height + "x" + width + " locations");
    }
  }

  /** Values of one location's triangular matrix. */
  public int triangle() {
    return Math.toIntExact(triangle(channels));
  }

  /** Values of a triangular matrix with so many rows. */
  public static long triangle(long rows) {
    return rows * (rows + 1) / 2;
  }

  /** The parameter that holds the means. */
  public String meansName() {
    return name + "_gaussians/means";
  }

  /** The parameter that holds the whitening of a row of the map. */
  public String whiteningName(int row) {
    return String.format(Locale.ROOT, "%s_row%03d/whitening", name, row);
  }

  /** The means, then the whitening of each row. */
  public List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    all.add(spec(meansName(), (long) height * width, channels));
    IntStream.range(0, height)
        .forEach(row -> all.add(spec(whiteningName(row), width, triangle(channels))));
    return all;
  }

  private static ParameterSpec spec(String name, long rows, long values) {
    return new ParameterSpec(name, List.of(rows, values), new Initializer.Constant(0), false);
  }

  /**
   * Lays triangular matrices out as whole ones.
   *
   * @param triangles one after the other
   * @param count how many
   * @param to receives them, {@code [count, C, C]}; zeros are not written
   * @param at where they begin
   */
  public void unpack(float[] triangles, int count, float[] to, int at) {
    int from = 0;
    for (int n = 0; n < count; n++) {
      for (int row = 0; row < channels; row++) {
        System.arraycopy(triangles, from, to, at + (n * channels + row) * channels, row + 1);
        from += row + 1;
      }
    }
  }
}
