package org.aand.io.synthesis.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class AugmentersTest {
  private final RgbImage rgb = SampleImages.random(1, 37, 23);

  @Test
  void neutralParametersChangeNothing() {
    for (var neutral :
        List.of(
            new EnhanceSharpness(1), new Posterize(8), new Solarize(60, false), new Rotate(0))) {
      assertArrayEquals(rgb.pixels(), neutral.apply(rgb).pixels(), () -> neutral.toString());
    }
  }

  @Test
  void theTextureItselfIsNeverWrittenTo() {
    byte[] before = rgb.pixels().clone();
    var sampler = new AugmenterSampler(AugmenterSampler.KINDS);
    for (int i = 0; i < 20; i++) {
      for (var augmenter : sampler.draw(new RandomStreams(2).stream("draw", i))) {
        var changed = augmenter.apply(rgb);
        assertEquals(rgb.width(), changed.width());
        assertEquals(rgb.height(), changed.height());
        assertArrayEquals(before, rgb.pixels(), augmenter::toString);
      }
    }
  }

  @Test
  void invertingTwiceIsTheIdentity() {
    var negative = new Invert().apply(rgb);
    assertEquals(255 - rgb.at(5, 6, 1), negative.at(5, 6, 1));
    assertArrayEquals(rgb.pixels(), new Invert().apply(negative).pixels());
  }

  @Test
  void solarizeInvertsFromTheIntegerPartOfTheThresholdOn() {
    var solarized = new Solarize(100.9, true).apply(SampleImages.constant(99, 100, 255));
    assertEquals(99, solarized.at(0, 0, 0));
    assertEquals(155, solarized.at(0, 0, 1));
    assertEquals(0, solarized.at(0, 0, 2));
  }

  @Test
  void posterizeClearsTheLowBits() {
    var two = new Posterize(2).apply(SampleImages.constant(63, 64, 255));
    assertEquals(0, two.at(0, 0, 0));
    assertEquals(64, two.at(0, 0, 1));
    assertEquals(192, two.at(0, 0, 2));
  }

  @Test
  void gammaKeepsTheEndsAndIsMonotone() {
    var random = new RandomStreams(3).stream("gamma");
    for (int i = 0; i < 50; i++) {
      double gamma = random.nextDouble(0.5, 2);
      int previous = 0;
      for (int value = 0; value < 256; value++) {
        int now =
            new GammaContrast(gamma, 1, 1).apply(SampleImages.constant(value, 0, 0)).at(0, 0, 0);
        assertTrue(now >= previous, "falls at " + value);
        previous = now;
      }
      assertEquals(255, previous);
    }
  }

  @Test
  void autocontrastStretchesEveryChannelToTheWholeRange() {
    byte[] pixels = new byte[3 * 100];
    for (int i = 0; i < 100; i++) {
      pixels[3 * i] = (byte) (50 + i);
      pixels[3 * i + 1] = (byte) 7;
      pixels[3 * i + 2] = (byte) (i == 99 ? 255 : i);
    }
    var image = new RgbImage(10, 10, pixels);
    var stretched = new Autocontrast(0).apply(image);
    assertEquals(0, stretched.at(0, 0, 0));
    assertEquals(254, stretched.at(9, 9, 0), "Pillow cuts 254.99999999999997");
    assertEquals(7, stretched.at(4, 4, 1), "one value alone cannot be stretched");
    // Setting aside 5 % leaves 5..94 of blue: the bright outlier no longer decides.
    var cut = new Autocontrast(5).apply(image);
    assertEquals(0, cut.at(5, 0, 2));
    assertEquals(255, cut.at(4, 9, 2));
    assertEquals((int) (50 * 255.0 / 89 - 5 * 255.0 / 89), cut.at(0, 5, 2));
  }

  @Test
  void equalizeFlattensTheHistogram() {
    byte[] pixels = new byte[3 * 65536];
    var random = new RandomStreams(4).stream("dark");
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (int) (255 * Math.pow(random.nextDouble(), 3));
    }
    byte[] flat = new Equalize().apply(new RgbImage(256, 256, pixels)).pixels();
    double sum = 0;
    for (byte value : flat) {
      sum += value & 0xFF;
    }
    assertEquals(127.5, sum / flat.length, 15, "the mean of the dark image was about 64");
  }

  @Test
  void turningTheHueByAThirdMakesRedGreen() {
    var turned = new AddToHueAndSaturation(85, 0).apply(SampleImages.constant(255, 0, 0));
    assertArrayEquals(SampleImages.constant(0, 255, 0).pixels(), turned.pixels());
  }

  @Test
  void greyHasNoHueToTurn() {
    for (int value = 0; value < 256; value++) {
      var grey = SampleImages.constant(value, value, value);
      var turned = new AddToHueAndSaturation(-50, -50).apply(grey);
      assertEquals(turned.at(0, 0, 0), turned.at(0, 0, 1));
      assertEquals(turned.at(0, 0, 0), turned.at(0, 0, 2));
      assertEquals(value, turned.at(0, 0, 0), 1);
    }
  }

  @Test
  void brightnessOfGreyFollowsTheArithmeticInEveryColourSpace() {
    var grey = SampleImages.constant(100, 100, 100);
    for (var space : new ColorSpace[] {ColorSpace.YCRCB, ColorSpace.YUV}) {
      assertEquals(
          135, new MultiplyAndAddToBrightness(space, 1.25, 10, false).apply(grey).at(0, 0, 0));
      assertEquals(
          138, new MultiplyAndAddToBrightness(space, 1.25, 10, true).apply(grey).at(0, 0, 0));
    }
    for (var space : ColorSpace.values()) {
      var brighter = new MultiplyAndAddToBrightness(space, 1.1, 5, false).apply(grey);
      var darker = new MultiplyAndAddToBrightness(space, 0.9, -5, false).apply(grey);
      for (int c = 0; c < 3; c++) {
        assertTrue(brighter.at(0, 0, c) > 105, space + " brighter " + brighter.at(0, 0, c));
        assertTrue(darker.at(0, 0, c) < 95, space + " darker " + darker.at(0, 0, c));
      }
    }
  }

  @Test
  void sharpnessZeroSmoothsInsideAndKeepsTheBorder() {
    byte[] pixels = new byte[3 * 5 * 5];
    pixels[3 * 12] = (byte) 130;
    pixels[0] = (byte) 200;
    var smooth = new EnhanceSharpness(0).apply(new RgbImage(5, 5, pixels));
    assertEquals(50, smooth.at(2, 2, 0), "5/13 of 130");
    assertEquals(10, smooth.at(3, 2, 0), "1/13 of 130");
    assertEquals(25, smooth.at(1, 1, 0), "1/13 of 130 and of 200, rounded");
    assertEquals(200, smooth.at(0, 0, 0));
    assertEquals(0, smooth.at(2, 2, 1));
  }

  @Test
  void impossibleParametersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new GammaContrast(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new EnhanceSharpness(-1));
    assertThrows(IllegalArgumentException.class, () -> new Solarize(256, true));
    assertThrows(IllegalArgumentException.class, () -> new Posterize(0));
    assertThrows(IllegalArgumentException.class, () -> new Autocontrast(50));
    assertThrows(IllegalArgumentException.class, () -> new Rotate(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new AddToHueAndSaturation(256, 0));
    assertThrows(IllegalArgumentException.class, () -> new AugmenterSampler(11));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MultiplyAndAddToBrightness(ColorSpace.HSV, -0.1, 0, false));
  }
}
