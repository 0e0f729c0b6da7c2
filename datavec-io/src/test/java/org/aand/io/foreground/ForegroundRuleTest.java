package org.aand.io.foreground;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import org.aand.common.image.GrayImage;
import org.aand.common.image.ImageSize;
import org.aand.common.image.RgbImage;
import org.aand.io.foreground.ForegroundRule.Above;
import org.aand.io.foreground.ForegroundRule.Automatic;
import org.aand.io.foreground.ForegroundRule.Disc;
import org.aand.io.foreground.ForegroundRule.NotAbove;
import org.aand.io.foreground.ForegroundRule.Rectangle;
import org.junit.jupiter.api.Test;

class ForegroundRuleTest {
  @Test
  void aBrightObjectIsFoundAndADarkOneByTheOppositeRule() {
    var image = square(200, 60, (byte) 220, (byte) 10);
    var bright = new Above(50).mask(image);
    var dark = new NotAbove(50).mask(image);
    assertEquals(255, bright.at(100, 100));
    assertEquals(0, bright.at(5, 5));
    for (int i = 0; i < bright.pixels().length; i++) {
      assertEquals(255, (bright.pixels()[i] & 0xFF) + (dark.pixels()[i] & 0xFF));
    }
  }

  @Test
  void theDiscIncludesItsEdge() {
    var mask = new Disc(0.45).mask(square(100, 10, (byte) 0, (byte) 0));
    assertEquals(255, mask.at(50, 5));
    assertEquals(0, mask.at(50, 4));
    assertEquals(255, mask.at(95, 50));
    assertEquals(0, mask.at(96, 50));
    assertEquals(0, mask.at(83, 83));
    assertEquals(Math.PI * 45 * 45, (double) count(mask), 60);
  }

  @Test
  void theRectangleIncludesItsEdge() {
    var mask = new Rectangle(0.35).mask(new RgbImage(100, 60, new byte[18_000]));
    assertEquals(71 * 43, count(mask));
    assertEquals(255, mask.at(15, 9));
    assertEquals(0, mask.at(14, 9));
    assertEquals(0, mask.at(15, 8));
  }

  @Test
  void reducedMasksAreZerosAndOnes() {
    byte[] mask = new Disc(0.45).mask(square(900, 10, (byte) 0, (byte) 0), ImageSize.square(64));
    int sum = 0;
    for (byte value : mask) {
      sum += value;
    }
    assertEquals(Math.PI * 0.45 * 0.45 * 64 * 64, sum, 40);
  }

  @Test
  void cableHasBottlesDiscAtTheNetworksSize() {
    byte[] bottle =
        ForegroundRules.of("bottle")
            .mask(square(900, 1, (byte) 0, (byte) 0), ImageSize.square(256));
    byte[] cable =
        ForegroundRules.of("cable")
            .mask(square(1024, 1, (byte) 0, (byte) 0), ImageSize.square(256));
    int different = 0;
    for (int i = 0; i < bottle.length; i++) {
      different += bottle[i] == cable[i] ? 0 : 1;
    }
    assertEquals(0, different, 0.01 * bottle.length);
  }

  /** The released code's table, data set by data set. */
  @Test
  void everyCategoryHasItsRule() {
    var rules = new LinkedHashMap<ForegroundRule, String>();
    rules.put(new Above(0), "carpet grid leather tile wood transistor");
    rules.put(new NotAbove(150), "capsule screw zipper");
    rules.put(
        new Above(50),
        "hazelnut metal_nut pill toothbrush pcb4"
            + " bagel cable_gland carrot cookie dowel peach potato rope");
    rules.put(new Disc(0.45), "bottle cable");
    rules.put(new Above(150), "candle cashew chewinggum fryum macaroni1 macaroni2 pcb1");
    rules.put(new Above(100), "pcb2 pcb3 pipe_fryum");
    rules.put(new NotAbove(100), "capsules");
    rules.put(new Rectangle(0.35), "foam tire");
    var categories = new HashSet<String>();
    rules.forEach(
        (rule, names) -> {
          for (String name : names.split(" ", -1)) {
            assertEquals(rule, ForegroundRules.of(name), name);
            categories.add(name);
          }
        });
    assertEquals(15 + 12 + 10, categories.size());
    assertEquals(new Disc(0.45), ForegroundRules.of("Bottle"));
    assertEquals(new Automatic(), ForegroundRules.of("my_own_product"));
  }

  @Test
  void theBlurTruncatesAfterEachPass() {
    // White loses a level in the first pass and, 254 being such a value too, another in the second.
    var blur = new GaussianBlur(8);
    byte[] white = new byte[70 * 50];
    Arrays.fill(white, (byte) 255);
    for (byte pixel : blur.applyTruncating(new GrayImage(70, 50, white)).pixels()) {
      assertEquals(253, pixel & 0xFF);
    }
  }

  @Test
  void theExactBlurKeepsTheMeanAndCopesWithSmallImages() {
    double[] values = new double[9 * 5];
    values[22] = 45;
    double sum = 0;
    for (double value : new GaussianBlur(8).apply(values, 9, 5)) {
      sum += value;
    }
    assertEquals(45, sum, 1e-9);
  }

  private static RgbImage square(int size, int half, byte inside, byte outside) {
    byte[] pixels = new byte[size * size * 3];
    Arrays.fill(pixels, outside);
    for (int y = size / 2 - half; y < size / 2 + half; y++) {
      int row = y * size;
      Arrays.fill(pixels, (row + size / 2 - half) * 3, (row + size / 2 + half) * 3, inside);
    }
    return new RgbImage(size, size, pixels);
  }

  private static long count(GrayImage mask) {
    long count = 0;
    for (byte pixel : mask.pixels()) {
      count += pixel == 0 ? 0 : 1;
    }
    return count;
  }
}
