package org.aand.io.synthesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.aand.io.synthesis.SynthesisSettings.TextureOrder;
import org.junit.jupiter.api.Test;

class AnomalySynthesisTest {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;
  private static final int AREA = WIDTH * HEIGHT;

  private final RandomStreams streams = new RandomStreams(11);
  private final float[] image = image();
  private final byte[] disc = disc();
  private final RgbImage texture = new ProceduralTextures(1, 16, 61, 35).get(6);
  private final AnomalySynthesis synthesis = synthesis(new SynthesisSettings());

  @Test
  void anomaliesLieInsideTheObjectAndNothingElseChanges() {
    int anomalous = 0;
    float[] before = image.clone();
    for (int i = 0; i < 300; i++) {
      var sample = make(synthesis, disc, streams.stream("sample", i));
      anomalous += sample.anomalous() ? 1 : 0;
      boolean any = false;
      for (int p = 0; p < AREA; p++) {
        int mask = sample.mask()[p];
        any |= mask == 1;
        assertTrue(mask == 0 || mask == 1);
        assertTrue(mask == 0 || disc[p] != 0, "anomaly outside the object");
        for (int c = 3 * p; mask == 0 && c < 3 * p + 3; c++) {
          assertEquals(
              Float.floatToRawIntBits(image[c]), Float.floatToRawIntBits(sample.image()[c]));
        }
      }
      assertEquals(any, sample.anomalous(), "the label says whether the mask has a pixel");
    }
    assertTrue(anomalous > 150, anomalous + " of 300 samples anomalous");
    assertArrayEquals(before, image, "the image that came in was written to");
  }

  @Test
  void anomaliesAreVisible() {
    double changed = 0;
    int pixels = 0;
    for (int i = 0; i < 100; i++) {
      var sample = make(synthesis, disc, streams.stream("visible", i));
      for (int p = 0; p < AREA; p++) {
        if (sample.mask()[p] == 1) {
          pixels++;
          changed +=
              Arrays.equals(image, 3 * p, 3 * p + 3, sample.image(), 3 * p, 3 * p + 3) ? 0 : 1;
        }
      }
    }
    assertTrue(changed > 0.99 * pixels, changed + " of " + pixels + " masked pixels changed");
  }

  @Test
  void theStreamDecidesEverything() {
    for (int i = 0; i < 20; i++) {
      var one = make(synthesis, disc, streams.stream("sample", i));
      var two = make(synthesis, disc, streams.stream("sample", i));
      assertArrayEquals(one.image(), two.image());
      assertArrayEquals(one.mask(), two.mask());
    }
    int same = 0;
    for (int i = 0; i < 20; i++) {
      var one = make(synthesis, disc, streams.stream("sample", i));
      var other = make(synthesis, disc, streams.stream("sample", i + 100));
      same += one.anomalous() && Arrays.equals(one.mask(), other.mask()) ? 1 : 0;
    }
    assertEquals(0, same);
  }

  @Test
  void withoutAnObjectTheSampleIsClean() {
    for (int i = 0; i < 30; i++) {
      var sample = make(synthesis, new byte[AREA], streams.stream("empty", i));
      assertFalse(sample.anomalous());
      assertSame(image, sample.image());
      assertArrayEquals(new byte[AREA], sample.mask());
    }
  }

  @Test
  void oneInFiveSamplesStaysClean() {
    byte[] everywhere = new byte[AREA];
    Arrays.fill(everywhere, (byte) 1);
    int samples = 1500;
    int anomalous = 0;
    int possible = 0;
    var always = synthesis(new SynthesisSettings().withAnomalyProbability(1));
    for (int i = 0; i < samples; i++) {
      anomalous += make(synthesis, everywhere, streams.stream("clean", i)).anomalous() ? 1 : 0;
      possible += make(always, everywhere, streams.stream("clean", i)).anomalous() ? 1 : 0;
    }
    assertTrue(possible > 0.97 * samples, "eleven draws hardly ever fail: " + possible);
    assertEquals(0.8, (double) anomalous / possible, 5 * Math.sqrt(0.8 * 0.2 / samples));
    var never = synthesis(new SynthesisSettings().withAnomalyProbability(0));
    assertFalse(make(never, everywhere, streams.stream("clean", 1)).anomalous());
  }

  @Test
  void aMaskThatIsTooSmallIsDrawnAgainElevenTimesAtMost() {
    int[] rotations = {0};
    RandomGenerator source = streams.stream("rotations");
    RandomGenerator counting =
        () -> {
          rotations[0]++;
          return source.nextLong();
        };
    // Without augmenters the second generator decides rotations alone, one number each.
    var hopeless =
        synthesis(new SynthesisSettings(1, 0.8, 0.5, AREA, 11, 5, 0, TextureOrder.RGB, false));
    hopeless.synthesise(
        image, disc, source(texture), WIDTH, HEIGHT, streams.stream("again"), counting);
    assertEquals(11, rotations[0]);
    rotations[0] = 0;
    var content =
        synthesis(new SynthesisSettings(1, 0.8, -0.9, 0, 11, 5, 0, TextureOrder.RGB, false));
    content.synthesise(
        image, disc, source(texture), WIDTH, HEIGHT, streams.stream("again"), counting);
    assertEquals(1, rotations[0]);
  }

  @Test
  void theTextureOrderSaysWhichChannelIsRed() {
    var opaque = new SynthesisSettings(1, 0, 0.1, 4, 11, 2, 0, TextureOrder.RGB, false);
    float[] resized = normalise(BilinearResize.resize(texture, WIDTH, HEIGHT));
    for (var order : TextureOrder.values()) {
      var sample = make(synthesis(opaque.withTextureOrder(order)), disc, streams.stream("bgr"));
      assertTrue(sample.anomalous());
      for (int p = 0; p < AREA; p++) {
        for (int c = 0; sample.mask()[p] == 1 && c < 3; c++) {
          int from = order == TextureOrder.RGB ? c : 2 - c;
          assertEquals(resized[3 * p + from], sample.image()[3 * p + c], 1e-6f);
        }
      }
    }
  }

  @Test
  void texturesAreDrawnUniformly() {
    int[] counts = new int[4];
    TextureSource source =
        new TextureSource() {
          @Override
          public int count() {
            return counts.length;
          }

          @Override
          public RgbImage get(int index) {
            counts[index]++;
            return texture;
          }
        };
    var always =
        synthesis(new SynthesisSettings(1, 0.8, -0.9, 0, 1, 0, 0, TextureOrder.RGB, false));
    int samples = 2000;
    for (int i = 0; i < samples; i++) {
      var random = streams.stream("textures", i);
      always.synthesise(image, disc, source, WIDTH, HEIGHT, random, random);
    }
    for (int count : counts) {
      assertEquals(0.25, (double) count / samples, 5 * Math.sqrt(0.25 * 0.75 / samples));
    }
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> synthesis.synthesise(image, disc, texture, WIDTH, HEIGHT + 1, streams.stream("x")));
    assertThrows(
        IllegalArgumentException.class, () -> Composition.compose(image, new float[3], disc, 0.5));
  }

  @Test
  void betaBlendsBetweenTextureAndImage() {
    byte[] mask = new byte[AREA];
    mask[7] = 1;
    float[] other = new float[3 * AREA];
    Arrays.fill(other, 5);
    assertArrayEquals(image, Composition.compose(image, other, mask, 1));
    float[] opaque = Composition.compose(image, other, mask, 0);
    assertEquals(5, opaque[21]);
    assertEquals(image[20], opaque[20]);
    float[] half = Composition.compose(image, other, mask, 0.5);
    assertEquals((5 + image[22]) / 2, half[22], 1e-6f);
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new SynthesisSettings().withAnomalyProbability(1.1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SynthesisSettings(.8, 1.2, .5, 4, 11, 5, 3, TextureOrder.RGB, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SynthesisSettings(.8, .8, .5, 4, 0, 5, 3, TextureOrder.RGB, false));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SynthesisSettings(.8, .8, .5, 4, 11, 5, 12, TextureOrder.RGB, false));
  }

  private SyntheticSample make(AnomalySynthesis by, byte[] foreground, RandomGenerator random) {
    return by.synthesise(image, foreground, texture, WIDTH, HEIGHT, random);
  }

  private static AnomalySynthesis synthesis(SynthesisSettings settings) {
    return new AnomalySynthesis(settings, AnomalySynthesisTest::normalise);
  }

  private static float[] normalise(RgbImage rgb) {
    float[] normalised = new float[rgb.pixels().length];
    for (int i = 0; i < normalised.length; i++) {
      normalised[i] = ((rgb.pixels()[i] & 0xFF) / 255f - 0.45f) / 0.225f;
    }
    return normalised;
  }

  private static TextureSource source(RgbImage texture) {
    return new TextureSource() {
      @Override
      public int count() {
        return 1;
      }

      @Override
      public RgbImage get(int index) {
        return texture;
      }
    };
  }

  private static float[] image() {
    float[] image = new float[3 * AREA];
    var random = new RandomStreams(12).stream("image");
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat() * 4 - 2;
    }
    return image;
  }

  private static byte[] disc() {
    byte[] disc = new byte[AREA];
    for (int i = 0; i < AREA; i++) {
      disc[i] = (byte) (Math.hypot(i % WIDTH - 24, i / WIDTH - 20) < 15 ? 255 : 0);
    }
    return disc;
  }
}
