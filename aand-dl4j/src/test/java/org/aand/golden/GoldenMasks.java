package org.aand.golden;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.common.image.ImageSize;
import org.aand.train.LevelMasks;

/**
 * The pixel masks {@code [N, 1, S, S]} of a case.
 *
 * @param images one mask an image
 * @param size S
 */
record GoldenMasks(List<byte[]> images, int size) {
  static GoldenMasks of(NpyArray masks) {
    int size = masks.shape()[2];
    byte[] all = masks.bytes();
    return new GoldenMasks(
        IntStream.range(0, masks.shape()[0])
            .mapToObj(i -> Arrays.copyOfRange(all, i * size * size, (i + 1) * size * size))
            .toList(),
        size);
  }

  /** The locations of a level. */
  boolean[] level(int levelSize) {
    return LevelMasks.of(images, ImageSize.square(size), ImageSize.square(levelSize));
  }

  /** The locations of a level as ones and zeros. */
  double[] levelValues(int levelSize) {
    boolean[] locations = level(levelSize);
    return IntStream.range(0, locations.length).mapToDouble(i -> locations[i] ? 1 : 0).toArray();
  }

  /** The share of each location's pixels. */
  double[] levelShares(int levelSize) {
    return LevelMasks.shares(images, ImageSize.square(size), ImageSize.square(levelSize));
  }
}
