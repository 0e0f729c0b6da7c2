package org.aand.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.detect.MapResize;
import org.aand.metrics.ConnectedRegions;
import org.junit.jupiter.api.Test;

/** Regions of anomaly maps, in pixels of the image. */
class RegionMapTest {
  private static final ImageSize DRAWN = new ImageSize(6, 9);

  /** Three regions above 4: a corner, a ring that touches by a corner, a single pixel. */
  private static final float[] MAP = {
    5, 6, 0, 0, 0, 0, 0, 0, 0,
    5, 4, 0, 0, 0, 0, 0, 0, 9,
    0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 7, 7, 0, 0, 0, 0,
    0, 0, 7, 1, 1, 7, 0, 0, 0,
    0, 0, 0, 7, 8, 0, 0, 0, 0
  };

  private static RegionMap drawn(float threshold, int minimumArea) {
    return RegionMap.of(MAP, DRAWN, 9, 6, threshold, minimumArea);
  }

  @Test
  void aDrawnMapHasTheRegionsThatWereDrawn() {
    assertEquals(
        List.of(
            new Region(8, 1, 1, 1, 1, 8, 1, 9, 8, 1),
            new Region(2, 3, 4, 3, 6, 21 / 6.0, 24 / 6.0, 8, 4, 5),
            new Region(0, 0, 2, 2, 3, 1 / 3.0, 1 / 3.0, 6, 1, 0)),
        drawn(4, 1).regions());
  }

  @Test
  void smallRegionsAreLeftOutOfListAndMask() {
    var large = drawn(4, 2);
    assertEquals(List.of(6, 3), large.regions().stream().map(Region::area).toList());
    boolean[] mask = large.mask(9, 6);
    for (int i = 0; i < MAP.length; i++) {
      assertEquals(MAP[i] > 4 && i != 17, mask[i], "pixel " + i);
    }
    assertEquals(List.of(), drawn(9, 1).regions(), "nothing is above the peak");
    assertEquals(List.of(54), drawn(-1, 1).regions().stream().map(Region::area).toList());
  }

  @Test
  void aReducedMaskKeepsEveryRegion() {
    boolean[] mask = drawn(4, 1).mask(3, 2);
    assertArrayEquals(new boolean[] {true, false, true, true, true, false}, mask);
  }

  @Test
  void agreesWithTheWholeMapOfImagesOfEveryShape() {
    int found = 0;
    for (int number = 0; number < 60; number++) {
      var random = new RandomStreams(41).stream("map", number);
      var size = new ImageSize(random.nextInt(3, 20), random.nextInt(3, 20));
      int width = random.nextInt(1, number % 3 == 0 ? 200 : 40);
      int height = random.nextInt(1, number % 3 == 1 ? 200 : 40);
      float[] map = new float[size.pixels()];
      for (int i = 0; i < map.length; i++) {
        map[i] = random.nextFloat();
      }
      float threshold = (float) random.nextDouble(0.4, 0.95);
      int least = random.nextInt(1, 12);
      float[] whole = MapResize.bilinear(map, size, width, height);
      byte[] above = new byte[whole.length];
      for (int i = 0; i < whole.length; i++) {
        above[i] = (byte) (whole[i] > threshold ? 1 : 0);
      }
      var labelled = ConnectedRegions.of(above, width, height);
      var regions = RegionMap.of(map, size, width, height, threshold, least);
      boolean[] mask = regions.mask(width, height);
      for (int i = 0; i < whole.length; i++) {
        assertEquals(above[i] != 0 && labelled.area(labelled.at(i)) >= least, mask[i]);
      }
      float before = Float.POSITIVE_INFINITY;
      int pixels = 0;
      for (var region : regions.regions()) {
        int label = labelled.at(region.peakY() * width + region.peakX());
        assertEquals(labelled.area(label), region.area());
        assertEquals(bruteForce(whole, labelled, label, width), region);
        assertTrue(region.peak() <= before, "the greatest peak first");
        before = region.peak();
        pixels += region.area();
      }
      int marked = 0;
      for (boolean value : mask) {
        marked += value ? 1 : 0;
      }
      assertEquals(marked, pixels, "every region is listed once");
      found += regions.regions().size();
    }
    assertTrue(found > 100, found + " regions");
  }

  private static Region bruteForce(float[] map, ConnectedRegions regions, int label, int width) {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = 0;
    int bottom = 0;
    int area = 0;
    double sumX = 0;
    double sumY = 0;
    int peak = -1;
    for (int i = 0; i < map.length; i++) {
      if (regions.at(i) == label) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
        top = Math.min(top, i / width);
        bottom = Math.max(bottom, i / width);
        area++;
        sumX += i % width;
        sumY += i / width;
        peak = peak < 0 || map[i] > map[peak] ? i : peak;
      }
    }
    return new Region(
        left,
        top,
        right - left + 1,
        bottom - top + 1,
        area,
        sumX / area,
        sumY / area,
        map[peak],
        peak % width,
        peak / width);
  }

  @Test
  void theLeastAreaIsPixelsOrAShareOfTheImage() {
    assertEquals(7, MinimumArea.USUAL.pixels(256, 256));
    assertEquals(1, MinimumArea.USUAL.pixels(10, 10));
    assertEquals(25, MinimumArea.parse("25").pixels(1000, 1000));
    assertEquals(500, MinimumArea.parse("0.05%").pixels(1000, 1000));
    assertEquals(MinimumArea.USUAL, MinimumArea.parse("0.01%"));
    for (var text : List.of("", "0", "-3", "0%", "100%", "1e3", "5 px", "9999999999", "NaN%")) {
      assertThrows(IllegalArgumentException.class, () -> MinimumArea.parse(text), text);
    }
  }
}
