package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.aand.common.image.ImageSize;
import org.junit.jupiter.api.Test;

class LevelMasksTest {
  @Test
  void aLocationIsSetByMoreThanThreeTenthsOfItsPixels() {
    byte[] mask = new byte[20 * 20];
    // 30 of 100 pixels in the first cell, 31 in the last
    Arrays.fill(mask, 0, 10, (byte) 1);
    Arrays.fill(mask, 20, 30, (byte) 1);
    Arrays.fill(mask, 40, 50, (byte) -1);
    for (int row = 17; row < 20; row++) {
      Arrays.fill(mask, row * 20 + 10, row * 20 + 20, (byte) 1);
    }
    mask[10 * 20 + 10] = 1;
    double[] shares = LevelMasks.shares(List.of(mask), ImageSize.square(20), ImageSize.square(2));
    assertArrayEquals(new double[] {0.3, 0, 0, 0.31}, shares);
    boolean[] locations = LevelMasks.of(List.of(mask), ImageSize.square(20), ImageSize.square(2));
    assertArrayEquals(new boolean[] {false, false, false, true}, locations);
  }

  @Test
  void imagesFollowOneAnother() {
    byte[] empty = new byte[4];
    byte[] full = {1, 1, 1, 1};
    boolean[] locations =
        LevelMasks.of(List.of(empty, full), ImageSize.square(2), ImageSize.square(1));
    assertArrayEquals(new boolean[] {false, true}, locations);
  }

  @Test
  void refusesSizesThatDoNotFit() {
    assertThrows(
        IllegalArgumentException.class,
        () -> LevelMasks.of(List.of(new byte[25]), ImageSize.square(5), ImageSize.square(2)));
  }
}
