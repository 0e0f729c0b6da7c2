package org.aand.train;

import java.util.List;
import org.aand.common.image.ImageSize;

/**
 * Pixel masks reduced to the locations of a feature level.
 *
 * <p>A location is set where the exact mean over its pixels is above the threshold; adaptive
 * average pooling of the released code.
 */
public final class LevelMasks {
  /** Share of its pixels above which a location counts. */
  public static final double THRESHOLD = 0.3;

  private LevelMasks() {}

  /**
   * The locations of a batch.
   *
   * @param masks {@code [height, width]} each, 0 or not 0
   * @param imageSize of the masks
   * @param levelSize of the feature level; divides the image's
   * @return {@code [N h w]}, images one after the other
   * @throws IllegalArgumentException if a side of the level does not divide the image's
   */
  public static boolean[] of(List<byte[]> masks, ImageSize imageSize, ImageSize levelSize) {
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
   * @param masks {@code [height, width]} each, 0 or not 0
   * @param imageSize of the masks
   * @param levelSize of the feature level; divides the image's
   * @return {@code [N h w]} in [0, 1], images one after the other
   * @throws IllegalArgumentException if a side of the level does not divide the image's
   */
  public static double[] shares(List<byte[]> masks, ImageSize imageSize, ImageSize levelSize) {
    int cellHeight = imageSize.height() / levelSize.height();
    int cellWidth = imageSize.width() / levelSize.width();
    if (imageSize.height() != cellHeight * levelSize.height()
        || imageSize.width() != cellWidth * levelSize.width()) {
      throw new IllegalArgumentException(levelSize + " does not divide " + imageSize);
    }
    double[] shares = new double[masks.size() * levelSize.pixels()];
    int at = 0;
    for (byte[] mask : masks) {
      for (int y = 0; y < levelSize.height(); y++) {
        for (int x = 0; x < levelSize.width(); x++) {
          int count = 0;
          for (int dy = 0; dy < cellHeight; dy++) {
            int row = (y * cellHeight + dy) * imageSize.width() + x * cellWidth;
            for (int dx = 0; dx < cellWidth; dx++) {
              count += mask[row + dx] == 0 ? 0 : 1;
            }
          }
          shares[at++] = (double) count / (cellHeight * cellWidth);
        }
      }
    }
    return shares;
  }
}
