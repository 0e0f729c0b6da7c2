package org.aand.io.variation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.aand.common.InputException;
import org.aand.common.image.ImageChange;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of dark and bright is turned, moved and lit. */
class VariationTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;
  private static final RandomStreams STREAMS = new RandomStreams(4);

  @Test
  void kindsHaveAnAmountOrTheUsualOne() {
    assertEquals(new Variation(0.2, 0, 0.1), Variation.parse("lighting=0.2,shift=0.1"));
    assertEquals(new Variation(0.15, 3, 0.02), Variation.parse("Rotation, lighting,shift"));
    var some = Variation.parse("rotation=12.5");
    assertEquals(some, Variation.parse(some.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "zoom", "lighting=", "lighting=-1", "lighting,lighting", "shift=0.1;rotation"})
  void whatNamesNoVariationIsRefusedWithThePattern(String text) {
    var error = assertThrows(InputException.class, () -> Variation.parse(text));
    assertTrue(String.valueOf(error.getMessage()).contains("write lighting"), error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lighting=0.6", "rotation=181", "shift=0.3", "lighting=0,shift=0"})
  void amountsThatLeaveNoNormalImageAreRefused(String text) {
    assertThrows(InputException.class, () -> Variation.parse(text));
  }

  @Test
  void drawnChangesStayInTheirRangesAndReachBothEnds() {
    var variation = new Variation(0.2, 10, 0.05);
    double least = 1;
    double most = 1;
    for (int i = 0; i < 500; i++) {
      var change = variation.draw(STREAMS.stream("test", i));
      assertEquals(1, change.contrast(), 0.2);
      assertEquals(0, change.degrees(), 10);
      assertEquals(0, change.right(), 0.05);
      assertEquals(0, change.down(), 0.05);
      least = Math.min(least, change.brightness());
      most = Math.max(most, change.brightness());
    }
    assertEquals(0.8, least, 0.01);
    assertEquals(1.2, most, 0.01);
  }

  @Test
  void aMovedImageContinuesItsBorderAndItsMaskGoesWithIt() {
    var change = new ImageChange(1, 1, 0, 0.1, 0);
    var moved = change.apply(step());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertEquals(step().at(Math.max(0, x - 4), y, 1), moved.at(x, y, 1), x + " " + y);
      }
    }
    byte[] mask = change.apply(bright(), WIDTH, HEIGHT);
    for (int x = 0; x < WIDTH; x++) {
      assertEquals(x >= WIDTH / 2 + 4 ? 1 : 0, mask[x]);
    }
  }

  @Test
  void aQuarterTurnPutsRightBelow() {
    var square = new RgbImage(20, 20, new byte[3 * 20 * 20]);
    byte[] mask = new byte[400];
    mask[10 * 20 + 17] = 1;
    square.pixels()[3 * (10 * 20 + 17)] = (byte) 200;
    var change = new ImageChange(1, 1, 90, 0, 0);
    byte[] turned = change.apply(mask, 20, 20);
    assertEquals(1, turned[17 * 20 + 9]);
    assertEquals(200, change.apply(square).at(9, 17, 0));
  }

  @Test
  void lightChangesMeanAndSpreadByTheFactors() {
    var dark = new ImageChange(0.5, 1, 0, 0, 0).apply(step());
    assertEquals(25, dark.at(0, 0, 0));
    assertEquals(75, dark.at(WIDTH - 1, 0, 0));
    var flat = new ImageChange(1, 0.5, 0, 0, 0).apply(step());
    assertEquals(75, flat.at(0, 0, 0));
    assertEquals(125, flat.at(WIDTH - 1, 0, 0));
    assertArrayEquals(bright(), new ImageChange(0.5, 1, 0, 0, 0).apply(bright(), WIDTH, HEIGHT));
  }

  @Test
  void everyImageComesWithItsCopiesAlwaysTheSame() {
    var original = new VariedImage(step(), bright());
    var variation = new Variation(0.3, 5, 0.05);
    var all = VariedImage.of(original, variation, STREAMS, 3, "3.png");
    assertEquals(1 + Variation.COPIES, all.size());
    assertArrayEquals(step().pixels(), all.get(0).image().pixels());
    assertFalse(Arrays.equals(all.get(1).image().pixels(), all.get(2).image().pixels()));
    var again = VariedImage.of(original, variation, STREAMS, 3, "3.png");
    assertArrayEquals(all.get(2).image().pixels(), again.get(2).image().pixels());
    var other = VariedImage.of(original, variation, STREAMS, 4, "4.png");
    assertFalse(Arrays.equals(all.get(2).image().pixels(), other.get(2).image().pixels()));
  }

  @Test
  void anImageOfWhichNothingIsLeftIsNamed() {
    byte[] glaring = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < glaring.length; i++) {
      glaring[i] = (byte) (i < glaring.length / 2 ? 200 : 210);
    }
    var original = new VariedImage(new RgbImage(WIDTH, HEIGHT, glaring), bright());
    var error =
        assertThrows(
            InputException.class,
            () -> {
              for (int i = 0; i < 50; i++) {
                VariedImage.of(original, new Variation(0.5, 0, 0), STREAMS, i, "glaring.png");
              }
            });
    assertTrue(String.valueOf(error.getMessage()).contains("glaring.png"), error.getMessage());
    assertTrue(String.valueOf(error.getMessage()).contains("--augment"), error.getMessage());
  }

  @Test
  void theSheetShowsEveryImage() throws IOException {
    var row = List.of(step(), new ImageChange(0.5, 1, 0, 0, 0).apply(step()));
    var sheet = ImageIO.read(new ByteArrayInputStream(ContactSheet.of(List.of(row, row)).bytes()));
    assertEquals(2 * (WIDTH + 6) + 6, sheet.getWidth());
    assertEquals(2 * (HEIGHT + 6) + 6, sheet.getHeight());
    assertEquals(50, sheet.getRGB(6, 6) & 0xFF);
    assertEquals(25, sheet.getRGB(6 + WIDTH + 6, 6 + HEIGHT + 6) & 0xFF);
    assertNotEquals(50, sheet.getRGB(0, 0) & 0xFF);
  }

  /** 50 in the left half, 150 in the right one. */
  private static RgbImage step() {
    byte[] pixels = new byte[3 * WIDTH * HEIGHT];
    byte[] right = bright();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (right[i / 3] == 1 ? 150 : 50);
    }
    return new RgbImage(WIDTH, HEIGHT, pixels);
  }

  private static byte[] bright() {
    byte[] mask = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (i % WIDTH >= WIDTH / 2 ? 1 : 0);
    }
    return mask;
  }
}
