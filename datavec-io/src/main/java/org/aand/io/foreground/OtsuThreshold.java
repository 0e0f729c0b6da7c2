package org.aand.io.foreground;

import org.aand.common.image.GrayImage;

/**
 * The threshold that parts grey levels into a dark and a bright class with the greatest variance
 * between them.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>N. Otsu. A threshold selection method from gray-level histograms. IEEE Transactions on
 *       Systems, Man, and Cybernetics 9(1), 1979.
 * </ol>
 *
 * @param level the greatest grey level of the dark class
 * @param separability Otsu's eta: the variance between the classes as a part of all variance, in
 *     [0, 1]; about 0.64 for one normal distribution, 0.75 for levels spread evenly, 1 for two
 *     levels
 * @param contrast by how many levels the classes' means differ
 */
record OtsuThreshold(int level, double separability, double contrast) {
  private static final int LEVELS = 256;

  /** An image of one level has no classes: separability and contrast are 0. */
  static OtsuThreshold of(GrayImage image) {
    long[] histogram = new long[LEVELS];
    for (byte pixel : image.pixels()) {
      histogram[pixel & 0xFF]++;
    }
    double total = image.pixels().length;
    double sum = 0;
    double squares = 0;
    for (int level = 0; level < LEVELS; level++) {
      sum += (double) level * histogram[level];
      squares += (double) level * level * histogram[level];
    }
    double mean = sum / total;
    double variance = squares / total - mean * mean;

    var best = new OtsuThreshold(0, 0, 0);
    double dark = 0;
    double darkSum = 0;
    for (int level = 0; level < LEVELS - 1; level++) {
      dark += histogram[level];
      darkSum += (double) level * histogram[level];
      if (dark > 0 && dark < total) {
        double contrast = (sum - darkSum) / (total - dark) - darkSum / dark;
        double between = dark / total * (1 - dark / total) * contrast * contrast;
        if (between / variance > best.separability) {
          best = new OtsuThreshold(level, between / variance, contrast);
        }
      }
    }
    return best;
  }
}
