package org.aand.metrics;

import java.util.List;

/**
 * Area under the per-image overlap curve: how much of each defect is found while next to nothing of
 * normal images is.
 *
 * <p>The thresholds are those at which the false-positive rate of the normal images, averaged over
 * them, runs from {@value #LOWEST_RATE} to {@value #GREATEST_RATE}. For one defective image the
 * share of its defective pixels at or above the threshold is averaged over the logarithm of that
 * rate; the metric is the mean over the defective images. In [0, 1].
 *
 * <p>Computed without a grid of thresholds: at a rate x the threshold is the lowest that no more
 * than {@code x M} of the M normal pixels reach. A defective pixel that c normal ones reach is thus
 * found from the rate {@code c / M} on, so that it counts
 *
 * <pre>ln(greatest / max(lowest, c / M)) / ln(greatest / lowest)</pre>
 *
 * and nothing where that is negative. The maps have one size, so the average of the images' rates
 * is that of their pixels together. Fewer than 1 / {@value #LOWEST_RATE} normal pixels cannot tell
 * the lowest rates apart; there only what lies above all of them is found.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>J. P. C. Bertoldo, D. Ameln, A. Vaidya, S. Akcay. AUPIMO: Redefining Anomaly Localization
 *       Benchmarks with High Speed and Low Tolerance. BMVC 2024.
 * </ol>
 */
public final class Aupimo {
  /** Where the averaging over false-positive rates begins. */
  public static final double LOWEST_RATE = 1e-5;

  /** Where it ends. */
  public static final double GREATEST_RATE = 1e-4;

  private Aupimo() {}

  /**
   * The mean over defective images, between the paper's rates.
   *
   * @param normalMaps anomaly maps of normal images, all of one size, at least one
   * @param defectiveMaps anomaly maps of defective images
   * @param masks one for each of these, not 0 where defective; an image whose mask marks nothing is
   *     left out
   * @throws IllegalArgumentException if there is no normal image or no defective pixel, the shapes
   *     do not fit, or a map holds NaN
   */
  public static double of(
      List<float[]> normalMaps, List<float[]> defectiveMaps, List<byte[]> masks) {
    return of(normalMaps, defectiveMaps, masks, LOWEST_RATE, GREATEST_RATE);
  }

  /** The same between other rates, {@code 0 < lowest < greatest <= 1}. */
  static double of(
      List<float[]> normalMaps,
      List<float[]> defectiveMaps,
      List<byte[]> masks,
      double lowest,
      double greatest) {
    if (!(lowest > 0 && lowest < greatest && greatest <= 1)) {
      throw new IllegalArgumentException(
          "false-positive rates from " + lowest + " to " + greatest + " are not in (0, 1]");
    }
    if (normalMaps.isEmpty() || defectiveMaps.size() != masks.size()) {
      throw new IllegalArgumentException(
          "AUPIMO needs normal images and a mask for each defective one; there are "
              + normalMaps.size()
              + " normal, "
              + defectiveMaps.size()
              + " defective and "
              + masks.size()
              + " masks");
    }
    int size = normalMaps.get(0).length;
    long pixels = (long) size * normalMaps.size();
    var highest = new GreatestKeys((int) Math.min(pixels, (long) (greatest * pixels) + 1));
    for (float[] map : normalMaps) {
      MapShapes.requireSize("map", map.length, size, 1);
      for (float value : map) {
        highest.add(key(value));
      }
    }
    double[] gains = gains(highest.size(), pixels, lowest, greatest);
    int[] reached = highest.ascending();
    var sum = new CompensatedSum();
    int images = 0;
    for (int image = 0; image < masks.size(); image++) {
      MapShapes.requireSize("map", defectiveMaps.get(image).length, size, 1);
      MapShapes.requireSize("mask", masks.get(image).length, size, 1);
      double overlap = overlap(defectiveMaps.get(image), masks.get(image), reached, gains);
      if (!Double.isNaN(overlap)) {
        sum.add(overlap);
        images++;
      }
    }
    if (images == 0) {
      throw new IllegalArgumentException("AUPIMO needs a mask that marks a defect");
    }
    return sum.value() / images;
  }

  /** What a defective pixel counts by how many normal pixels reach it. */
  private static double[] gains(int kept, long pixels, double lowest, double greatest) {
    double[] gains = new double[kept + 1];
    for (int count = 0; count < kept; count++) {
      double rate = Math.max(lowest, (double) count / pixels);
      gains[count] = Math.max(0, Math.log(greatest / rate) / Math.log(greatest / lowest));
    }
    return gains; // reached by all that are kept: not found within the rates
  }

  /** Of one image; NaN where its mask marks nothing. */
  private static double overlap(float[] map, byte[] mask, int[] reached, double[] gains) {
    double sum = 0;
    int defective = 0;
    for (int pixel = 0; pixel < map.length; pixel++) {
      int key = key(map[pixel]);
      if (mask[pixel] != 0) {
        sum += gains[reached.length - firstAtLeast(reached, key)];
        defective++;
      }
    }
    return sum / defective;
  }

  private static int key(float value) {
    if (Float.isNaN(value)) {
      throw new IllegalArgumentException("an anomaly map holds NaN, which cannot be ranked");
    }
    return ScoreKeys.key(value);
  }

  private static int firstAtLeast(int[] ascending, int key) {
    int from = 0;
    int to = ascending.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (ascending[middle] < key) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
