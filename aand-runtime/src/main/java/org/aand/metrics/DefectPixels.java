package org.aand.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The defective pixels of all images, sorted by score, each with the area of the region it lies in.
 *
 * @param keys keys of the scores, ascending
 * @param areas for each key the area of its pixel's region
 * @param regions the number of regions
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier inside the package, never compared
record DefectPixels(int[] keys, int[] areas, int regions) {

  static DefectPixels of(List<float[]> maps, List<byte @Nullable []> masks, int width, int height) {
    var perImage =
        IntStream.range(0, maps.size())
            .parallel()
            .mapToObj(image -> ofImage(maps.get(image), masks.get(image), width, height))
            .toList();
    int pixels = 0;
    int regions = 0;
    for (var image : perImage) {
      pixels = Math.addExact(pixels, image.keys.length);
      regions += image.regions;
    }
    int[] keys = new int[pixels];
    int[] areas = new int[pixels];
    int next = 0;
    for (var image : perImage) {
      System.arraycopy(image.keys, 0, keys, next, image.keys.length);
      System.arraycopy(image.areas, 0, areas, next, image.keys.length);
      next += image.keys.length;
    }
    new RadixSort().sort(keys, areas, pixels);
    return new DefectPixels(keys, areas, regions);
  }

  private static DefectPixels ofImage(float[] map, byte @Nullable [] mask, int width, int height) {
    if (mask == null) {
      return new DefectPixels(new int[0], new int[0], 0);
    }
    var found = ConnectedRegions.of(mask, width, height);
    int pixels = 0;
    for (int region = 1; region <= found.count(); region++) {
      pixels += found.area(region);
    }
    int[] keys = new int[pixels];
    int[] areas = new int[pixels];
    int next = 0;
    for (int pixel = 0; next < pixels; pixel++) {
      if (mask[pixel] != 0) {
        keys[next] = ScoreKeys.key(map[pixel]);
        areas[next] = found.area(found.at(pixel));
        next++;
      }
    }
    return new DefectPixels(keys, areas, found.count());
  }

  /** The mean region overlap from the greatest level down, one a stop of the ranking. */
  double[] overlap(Levels levels) {
    double[] overlap = new double[levels.count()];
    var sum = new CompensatedSum();
    int pixel = keys.length - 1;
    for (int stop = 0; stop < overlap.length; stop++) {
      int begin = levels.begin(levels.count() - 1 - stop);
      for (; pixel >= begin; pixel--) {
        sum.add(1.0 / areas[pixel]);
      }
      overlap[stop] = sum.value() / regions;
    }
    return overlap;
  }
}
