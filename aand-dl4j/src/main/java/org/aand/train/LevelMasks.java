package org.aand.train;

import java.util.List;

/**
 * Pixel masks reduced to the locations of a feature level.
 *
 * <p>A location is set where the exact mean over its square of pixels is above the threshold;
 * adaptive average pooling of the released code.
 */
public final class LevelMasks {
  /** Share of its pixels above which a location counts. */
  public static final double THRESHOLD = 0.3;

  private LevelMasks() {}

  /**
   * The locations of a batch.
   *
   * @param masks {@code [S, S]} each, 0 or not 0
   * @param imageSize S
   * @param levelSize h, a divisor of S
   * @return {@code [N h h]}, images one after the other
   * @throws IllegalArgumentException if h does not divide S
   */
  public static boolean[] of(List<byte[]> masks, int imageSize, int levelSize) {
    double[] shares = shares(masks, imageSize, levelSize);
    boolean[] locations = new boolean[shares.length];
    for (int i = 0; i < shares.length; i++) {
      locations[i] = shares[i] > THRESHOLD;
    }
    return locations;
  }

  /**
   * The share of each location's pixels that are set.
   *
   * @param masks {@code [S, S]} each, 0 or not 0
   * @param imageSize S
   * @param levelSize h, a divisor of S
   * @return {@code [N h h]} in [0, 1], images one after the other
   * @throws IllegalArgumentException if h does not divide S
   */
  public static double[] shares(List<byte[]> masks, int imageSize, int levelSize) {
    if (imageSize % levelSize != 0) {
      throw new IllegalArgumentException(levelSize + " does not divide " + imageSize);
    }
    int cell = imageSize / levelSize;
    double[] shares = new double[masks.size() * levelSize * levelSize];
    int at = 0;
    for (byte[] mask : masks) {
      for (int y = 0; y < levelSize; y++) {
        for (int x = 0; x < levelSize; x++) {
          int count = 0;
          for (int dy = 0; dy < cell; dy++) {
            int row = (y * cell + dy) * imageSize + x * cell;
            for (int dx = 0; dx < cell; dx++) {
              count += mask[row + dx] == 0 ? 0 : 1;
            }
          }
          shares[at++] = (double) count / (cell * cell);
        }
      }
    }
    return shares;
  }
}
