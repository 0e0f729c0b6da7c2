package org.aand.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether maps and masks fit together; one wording for all metrics. */
final class MapShapes {
  private MapShapes() {}

  static void requireSize(String what, int length, int width, int height) {
    if (width < 1 || height < 1 || length != Math.multiplyExact(width, height)) {
      throw new IllegalArgumentException(
          "a " + what + " of " + length + " values is not " + width + "x" + height);
    }
  }

  static void requirePairs(
      List<float[]> maps, List<byte @Nullable []> masks, int width, int height) {
    if (maps.size() != masks.size()) {
      throw new IllegalArgumentException(
          maps.size() + " anomaly maps but " + masks.size() + " masks");
    }
    for (float[] map : maps) {
      requireSize("map", map.length, width, height);
    }
    for (byte @Nullable [] mask : masks) {
      if (mask != null) {
        requireSize("mask", mask.length, width, height);
      }
    }
  }

  /** Names the first NaN, whichever thread finds it. */
  static void requireNoNaN(List<float[]> maps, int width) {
    var first =
        IntStream.range(0, maps.size())
            .parallel()
            .filter(image -> firstNaN(maps.get(image)) >= 0)
            .min();
    if (first.isPresent()) {
      int image = first.getAsInt();
      int pixel = firstNaN(maps.get(image));
      throw new IllegalArgumentException(
          "the anomaly map of image "
              + image
              + " is NaN at x="
              + pixel % width
              + ", y="
              + pixel / width
              + "; NaN cannot be ranked");
    }
  }

  private static int firstNaN(float[] map) {
    for (int pixel = 0; pixel < map.length; pixel++) {
      if (Float.isNaN(map[pixel])) {
        return pixel;
      }
    }
    return -1;
  }
}
