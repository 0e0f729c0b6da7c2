package org.aand.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whether a new image is foretold by its locations, or by the whole map alone. */
class NormalMapTest {
  private static final int LOCATIONS = 64;

  @Test
  void aPartThatLiesAlikeIsComparedLocationByLocation() {
    var images = images(12, 1, 0.5, 3);
    var map = map(images);
    assertTrue(map.locationsForetellMore());
    var normals = map.normals(1);
    double whole = deviation(images.stream().flatMapToDouble(Arrays::stream).toArray());
    for (int i = 0; i < LOCATIONS; i++) {
      int at = i;
      double[] own = images.stream().mapToDouble(image -> image[at]).toArray();
      assertEquals(Arrays.stream(own).average().orElseThrow(), normals.mean(i), 1e-6);
      assertEquals(0.5 * whole + deviation(own), normals.deviation(i), 1e-6);
    }
  }

  @Test
  void whatLiesDifferentlyInEveryImageIsComparedWithTheWholeMap() {
    var images = images(12, 0, 1, 4);
    var map = map(images);
    assertFalse(map.locationsForetellMore());
    var normals = map.normals(3);
    double[] all = images.stream().flatMapToDouble(Arrays::stream).toArray();
    for (int i = 0; i < LOCATIONS; i++) {
      assertEquals(Arrays.stream(all).average().orElseThrow(), normals.mean(i), 1e-6);
      assertEquals(deviation(all) / 3, normals.deviation(i), 1e-6);
    }
    assertEquals(deviation(all), map.deviation(), 1e-9);
  }

  /** The sums give what leaving out and computing anew gives. */
  @Test
  void leavingOutIsLeavingOut() {
    for (int seed = 0; seed < 40; seed++) {
      var images = images(2 + seed % 5, 0.02 * seed, 1, seed);
      assertEquals(gain(images) > 0, map(images).locationsForetellMore(), "seed " + seed);
    }
  }

  @Test
  void oneImageSaysNothingOfLocations() {
    var map = map(images(1, 5, 1, 6));
    assertFalse(map.locationsForetellMore());
    assertEquals(map.normals(1).mean(0), map.normals(1).mean(LOCATIONS - 1));
  }

  /**
   * @param marks how far the locations' own values lie apart
   * @param spread of an image about them
   */
  private static List<double[]> images(int count, double marks, double spread, int seed) {
    var random = new Random(seed);
    double[] own = IntStream.range(0, LOCATIONS).mapToDouble(i -> random.nextGaussian()).toArray();
    return IntStream.range(0, count)
        .mapToObj(
            image ->
                Arrays.stream(own)
                    .map(mark -> 2 + marks * mark + spread * random.nextGaussian())
                    .toArray())
        .toList();
  }

  private static NormalMap map(List<double[]> images) {
    var map = new NormalMap(LOCATIONS);
    images.forEach(map::add);
    return map;
  }

  private static double gain(List<double[]> images) {
    double gain = 0;
    for (int left = 0; left < images.size(); left++) {
      var others = new ArrayList<>(images);
      double[] image = others.remove(left);
      double whole = others.stream().flatMapToDouble(Arrays::stream).average().orElseThrow();
      for (int i = 0; i < image.length; i++) {
        int at = i;
        double own = others.stream().mapToDouble(other -> other[at]).average().orElseThrow();
        gain += Math.pow(image[i] - whole, 2) - Math.pow(image[i] - own, 2);
      }
    }
    return gain;
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }
}
