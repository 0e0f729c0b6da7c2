package org.aand.network.patchcore;

import java.util.List;
import org.aand.network.Net;
import org.aand.network.teacher.Backbone;

/**
 * A backbone's levels b and c as one map: each averaged over 3x3 neighbourhoods, c enlarged
 * bilinearly to b's size, both side by side along the channels.
 *
 * <ul>
 *   <li>b: {@code [N, S/8, S/8, B]}; c: {@code [N, S/16, S/16, C]}
 *   <li>output: {@code [N, S/8, S/8, B + C]}
 * </ul>
 *
 * <p>Neighbours outside the map count as zeros, in a mean of nine; enlarging is without aligned
 * corners. Source: the locally aware patch features of PatchCore (Roth et al., CVPR 2022, section
 * 3.1), which SimpleNet takes over (Liu et al., CVPR 2023, section 3.1). For both, the released
 * code unfolds 3x3 neighbourhoods over borders of zeros and pools their values to a fixed width:
 * for 1024 channels to 1024 that is this mean, and as both steps are linear the enlarging may come
 * after it.
 *
 * <p>What differs: the released code brings every level to that width, 1024 for PatchCore and 1536
 * for SimpleNet, also where it has fewer channels (some of a channel's nine neighbours are then a
 * value of their own), and PatchCore's then joins both levels to 1024 values by the mean of
 * neighbouring pairs. Here every channel is kept once, as in anomalib's implementation: with narrow
 * backbones that is a third of the values and of the search, with the papers' WideResNet-50 the
 * full 1536.
 */
public final class PatchFeatures {
  private PatchFeatures() {}

  /** The width of the map. */
  public static int channels(Backbone backbone) {
    return backbone.channels().get(1) + backbone.channels().get(2);
  }

  /** Adds the map to the backbone's levels. */
  public static <T> T of(Net<T> net, List<T> levels) {
    var b = net.resample(levels.get(1), PatchFeatures::average, 1);
    var c = net.resample(levels.get(2), size -> product(enlarging(size), average(size)), 2);
    return net.concat(List.of(b, c));
  }

  /** The mean over three neighbours as a matrix {@code [h, h]}. */
  static double[] average(int size) {
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = Math.max(0, i - 1); j <= Math.min(size - 1, i + 1); j++) {
        matrix[i * size + j] = 1 / 3.0;
      }
    }
    return matrix;
  }

  /** Bilinear enlarging to the double as a matrix {@code [2h, h]}. */
  public static double[] enlarging(int size) {
    double[] matrix = new double[2 * size * size];
    for (int i = 0; i < 2 * size; i++) {
      double at = Math.max(0, (i + 0.5) / 2 - 0.5);
      int low = (int) at;
      int high = Math.min(low + 1, size - 1);
      matrix[i * size + low] += 1 - (at - low);
      matrix[i * size + high] += at - low;
    }
    return matrix;
  }

  /** {@code [2h, h] [h, h]}. */
  private static double[] product(double[] a, double[] b) {
    int size = (int) Math.round(Math.sqrt(b.length));
    double[] c = new double[a.length];
    for (int i = 0; i < c.length; i++) {
      for (int k = 0; k < size; k++) {
        c[i] += a[i / size * size + k] * b[k * size + i % size];
      }
    }
    return c;
  }
}
