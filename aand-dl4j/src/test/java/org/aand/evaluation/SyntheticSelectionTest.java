package org.aand.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.aand.common.image.ImageSize;
import org.aand.common.image.RgbImage;
import org.aand.detect.Prediction;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.train.TrainingImages;
import org.aand.train.TrainingSettings;
import org.junit.jupiter.api.Test;

/** Six grey images are held out; a detector is worth what it finds of the anomalies on them. */
class SyntheticSelectionTest {
  private static final int SIDE = 64;
  private static final int IMAGES = 6;
  private static final TrainingSettings SETTINGS = new TrainingSettings(1, 1, 4, 5);

  private final SyntheticSelection selection = selection(5);

  @Test
  void theDetectorThatFindsEveryChangeHasTheGreatestMerit() {
    float[] grey = SETTINGS.normalisation().apply(grey());
    double merit =
        selection
            .merit(
                image -> {
                  float[] map = new float[SIDE * SIDE];
                  for (int i = 0; i < map.length; i++) {
                    for (int c = 0; c < 3; c++) {
                      map[i] += Math.abs(image[3 * i + c] - grey[3 * i + c]);
                    }
                  }
                  return prediction(map);
                })
            .orElseThrow();
    assertEquals(2, merit, 1e-9);
  }

  @Test
  void theDetectorThatFindsNothingIsWorthOneHalfOfTheImageAurocAlone() {
    double merit = selection.merit(image -> prediction(new float[SIDE * SIDE])).orElseThrow();
    assertEquals(0.5, merit, 0.2, "a map without steps has an AUPRO of nearly nothing");
  }

  @Test
  void everyImageIsSeenCleanAndChangedAndTheSameAfterEveryEpoch() {
    var first = seen(selection);
    assertEquals(IMAGES * (1 + SyntheticSelection.DRAWS), first.size());
    float[] grey = SETTINGS.normalisation().apply(grey());
    long clean = first.stream().filter(image -> Arrays.equals(image, grey)).count();
    assertEquals(IMAGES, clean);
    var again = seen(selection(5));
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i), again.get(i));
    }
    var other = seen(selection(6));
    assertTrue(
        java.util.stream.IntStream.range(0, first.size())
            .anyMatch(i -> !Arrays.equals(first.get(i), other.get(i))));
  }

  private static List<float[]> seen(SyntheticSelection selection) {
    var seen = new ArrayList<float[]>();
    Function<float[], Prediction> detector =
        image -> {
          seen.add(image);
          return prediction(new float[SIDE * SIDE]);
        };
    selection.merit(detector);
    return seen;
  }

  private static SyntheticSelection selection(long seed) {
    byte[] everywhere = new byte[SIDE * SIDE];
    Arrays.fill(everywhere, (byte) 1);
    return new SyntheticSelection(
        new TrainingImages(
            ImageSize.square(SIDE),
            Collections.nCopies(IMAGES, grey()),
            Collections.nCopies(IMAGES, everywhere)),
        new ProceduralTextures(3, 8, SIDE, SIDE),
        SETTINGS.withSeed(seed));
  }

  private static RgbImage grey() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    Arrays.fill(pixels, (byte) 90);
    return new RgbImage(SIDE, SIDE, pixels);
  }

  private static Prediction prediction(float[] map) {
    float greatest = 0;
    for (float value : map) {
      greatest = Math.max(greatest, value);
    }
    return new Prediction(map, greatest);
  }
}
