package org.aand.network.patchcore;

import java.util.List;
import java.util.Locale;
import org.aand.network.Initializer;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;

/**
 * Compares the patches of an image with a memory bank of normal ones.
 *
 * <ul>
 *   <li>patch features: {@code [N, S/8, S/8, C]}, see {@link PatchFeatures}
 *   <li>map: {@code [N, S/8, S/8, 1]}, the Euclidean distance to the nearest item of the bank
 *   <li>image score: {@code [N, 1, 1, 1]}, the greatest distance s* re-weighted: {@code s = (1 -
 *       exp(|x - m*|) / sum_m exp(|x - m|)) s*} for the patch x that is farthest from the bank, its
 *       nearest item m*, and the items m that are nearest to m*, itself among them. Where m* lies
 *       among others like it, the patch is near to many and counts less.
 * </ul>
 *
 * <p>Of a bank of one item the image score is s*. The released code scores an image by s* and takes
 * squared distances, which order the patches of an image alike; here both are as in the paper.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>K. Roth et al. Towards total recall in industrial anomaly detection. CVPR 2022, section
 *       3.3, eqs. 6 and 7.
 * </ol>
 *
 * @param channels C
 * @param items of the bank, M
 * @param neighbours nearest to m* that the score is re-weighted by; fewer where there are fewer
 *     items
 */
public record PatchCore(int channels, int items, int neighbours) {
  /** The number of neighbours in anomalib's implementation; the paper calls it b. */
  public static final int NEIGHBOURS = 9;

  private static final String BANK = "patchcore_bank/items";

  /**
   * @throws IllegalArgumentException if a number is not positive
   */
  public PatchCore {
    if (channels < 1 || items < 1 || neighbours < 1) {
      throw new IllegalArgumentException(
          "a memory bank of "
              + items
              + " items of "
              + channels
              + " channels, "
              + neighbours
              + " neighbours; each is at least 1");
    }
  }

  /** A bank of so many of a backbone's patch features. */
  public static PatchCore of(Backbone backbone, int items) {
    return new PatchCore(PatchFeatures.channels(backbone), items, NEIGHBOURS);
  }

  /** The memory bank, {@code [M, C]}; zeros until it is filled. */
  public ParameterSpec bank() {
    return new ParameterSpec(
        BANK, List.of((long) items, (long) channels), new Initializer.Constant(0), false);
  }

  /** Bytes of the memory bank. */
  public long bytes() {
    return bank().length() * Float.BYTES;
  }

  /** Floating point operations of a search for so many locations, a product and a sum as two. */
  public double arithmetic(int locations) {
    return 2.0 * locations * items * channels;
  }

  /** The memory bank for people. */
  public String label() {
    return String.format(
        Locale.ROOT, "%d items of %d values, %.1f MiB", items, channels, bytes() / (1024.0 * 1024));
  }

  /** Adds the map alone to the backbone's levels. */
  public <T> T distances(Net<T> net, List<T> levels) {
    return net.nearestDistance(PatchFeatures.of(net, levels), BANK, items);
  }

  /** Adds map and image score to the backbone's levels, in this order. */
  public <T> List<T> build(Net<T> net, List<T> levels) {
    var features = PatchFeatures.of(net, levels);
    var distances = net.nearestDistance(features, BANK, items);
    var score =
        net.reweightedMaximum(features, distances, BANK, items, Math.min(neighbours, items));
    return List.of(distances, score);
  }
}
