package org.aand.demo.product;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProductPhotoTest {
  private static final int SIZE = 96;
  private static final int PHOTOS = 5;

  @ParameterizedTest
  @EnumSource(DefectKind.class)
  void aDefectivePartDiffersFromItsTwinInTheMaskAndNowhereElse(DefectKind kind) {
    for (int i = 0; i < PHOTOS; i++) {
      var photo = photo(3, kind, i, i / (PHOTOS - 1.0), SIZE);
      int marked = 0;
      int changed = 0;
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          int difference = difference(photo.rendered(), photo.twin(), x, y);
          int mask = photo.mask().at(x, y);
          assertTrue(mask == 0 || mask == 255, "a mask of " + mask);
          if (mask == 0) {
            assertEquals(0, difference, kind + " " + i + " outside its mask at " + x + "," + y);
          } else {
            marked++;
            // Rounding may take one level.
            changed += difference >= ProductPhoto.VISIBLE - 1 ? 1 : 0;
          }
        }
      }
      assertTrue(marked >= 8, kind + " " + i + " has a mask of " + marked + " pixels");
      assertTrue(marked < SIZE * SIZE / 5, kind + " " + i + " covers " + marked + " pixels");
      assertTrue(
          changed >= 0.8 * marked, kind + " " + i + " shows in " + changed + " of " + marked);
    }
  }

  @ParameterizedTest
  @EnumSource(DefectKind.class)
  void severeDefectsAreStrongerThanFaintOnes(DefectKind kind) {
    double faint = 0;
    double severe = 0;
    for (int i = 0; i < PHOTOS; i++) {
      faint += totalDifference(photo(4, kind, i, 0, SIZE));
      severe += totalDifference(photo(4, kind, i, 1, SIZE));
    }
    assertTrue(severe > 1.3 * faint, kind + ": " + severe + " against " + faint);
  }

  @Test
  void theTwinIsTheSamePartWhateverTheDefect() {
    var scratched = photo(5, DefectKind.SCRATCH, 0, 0.5, SIZE);
    var stained = photo(5, DefectKind.STAIN, 0, 0.5, SIZE);
    var good = ProductPhoto.good(SIZE, new RandomStreams(5).stream("photo", 0));
    assertArrayEquals(good.rendered().pixels(), scratched.twin().pixels());
    assertArrayEquals(good.rendered().pixels(), stained.twin().pixels());
    assertFalse(Arrays.equals(scratched.rendered().pixels(), stained.rendered().pixels()));
  }

  @Test
  void aGoodPartHasAnEmptyMask() {
    var good = ProductPhoto.good(SIZE, new RandomStreams(5).stream("photo", 1));
    assertArrayEquals(new byte[SIZE * SIZE], good.mask().pixels());
    assertArrayEquals(good.twin().pixels(), good.rendered().pixels());
  }

  @Test
  void partsAreBrightOnADarkBeltAndVary() {
    var first = ProductPhoto.good(SIZE, new RandomStreams(6).stream("photo", 0)).rendered();
    var second = ProductPhoto.good(SIZE, new RandomStreams(6).stream("photo", 1)).rendered();
    double web = mean(first, SIZE / 2 + 14, SIZE / 2 + 14, 6);
    double belt = mean(first, 2, 2, 6);
    double bore = mean(first, SIZE / 2 - 2, SIZE / 2 - 2, 4);
    assertTrue(web > 2 * belt, web + " against " + belt);
    assertTrue(web > 2 * bore, web + " against " + bore);
    int unlike = 0;
    for (int i = 0; i < first.pixels().length; i++) {
      unlike += first.pixels()[i] == second.pixels()[i] ? 0 : 1;
    }
    assertTrue(unlike > first.pixels().length / 2, unlike + " values differ");
  }

  @Test
  void everyKindCanBeSeenAtTheSmallestSize() {
    for (DefectKind kind : DefectKind.values()) {
      for (int i = 0; i < 3; i++) {
        var photo = photo(7, kind, i, 0, ProductSettings.MIN_SIZE);
        assertTrue(totalDifference(photo) > 0, kind + " " + i);
      }
    }
  }

  private static ProductPhoto photo(
      long seed, DefectKind kind, int number, double severity, int size) {
    var random = new RandomStreams(seed).stream("photo", number);
    return ProductPhoto.defective(size, random, kind, severity);
  }

  private static int difference(RgbImage one, RgbImage other, int x, int y) {
    int most = 0;
    for (int c = 0; c < 3; c++) {
      most = Math.max(most, Math.abs(one.at(x, y, c) - other.at(x, y, c)));
    }
    return most;
  }

  private static double totalDifference(ProductPhoto photo) {
    double total = 0;
    for (int y = 0; y < photo.mask().height(); y++) {
      for (int x = 0; x < photo.mask().width(); x++) {
        total += difference(photo.rendered(), photo.twin(), x, y);
      }
    }
    return total;
  }

  private static double mean(RgbImage image, int left, int top, int size) {
    double sum = 0;
    for (int y = top; y < top + size; y++) {
      for (int x = left; x < left + size; x++) {
        sum += image.at(x, y, 1);
      }
    }
    return sum / (size * size);
  }
}
