package org.aand.io.synthesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Normalisation;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** Simplex noise, and the rectangle of it that an image gets. */
class NoisyRectangleTest {
  private static final RandomStreams STREAMS = new RandomStreams(3);

  @Test
  void simplexNoiseIsZeroInTheCornersOfItsGridAndWithinOneBesides() {
    var noise = new SimplexNoise(STREAMS.stream("corners"));
    // A corner (i, j, k) of the skewed grid lies at (i, j, k) - (i + j + k) / 6.
    for (int i = -3; i < 3; i++) {
      for (int j = -3; j < 3; j++) {
        double back = (i + j + 2) / 6.0;
        assertEquals(0, noise.at(i - back, j - back, 2 - back), 1e-9);
      }
    }
    var random = STREAMS.stream("places");
    double sum = 0;
    double squares = 0;
    int count = 20_000;
    for (int n = 0; n < count; n++) {
      double x = 50 * random.nextDouble();
      double y = 50 * random.nextDouble();
      double z = 50 * random.nextDouble();
      double value = noise.at(x, y, z);
      assertTrue(Math.abs(value) <= 1, "" + value);
      assertEquals(value, noise.at(x + 1e-6, y, z), 1e-2, "no edge at " + x + " " + y + " " + z);
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum / count, 0.02);
    assertTrue(squares / count > 0.05, "there is noise: " + squares / count);
  }

  /** Shorter waves are added with less strength; equal streams give equal noise. */
  @Test
  void octavesAddUp() {
    var one = new SimplexNoise(STREAMS.stream("octaves")).octaves(20, 10, 3, 1, 0.6, 32);
    var again = new SimplexNoise(STREAMS.stream("octaves"));
    double[] two = again.octaves(20, 10, 3, 2, 0.6, 32);
    int at = (7 * 20 + 5) * 3 + 2;
    assertEquals(one[at] + 0.6 * again.at(5 / 16.0, 7 / 16.0, 2 / 16.0), two[at], 1e-12);
  }

  @Test
  void aRectangleOfTheImageIsChangedAndNothingElse() {
    var size = new ImageSize(256, 128);
    float[] image = new float[size.pixels() * 3];
    Arrays.fill(image, 0.5f);
    var noise = new NoisyRectangle(size, Normalisation.IMAGENET);
    var places = new HashSet<String>();
    for (int n = 0; n < 40; n++) {
      float[] noisy = noise.of(image, STREAMS.stream("image", n));
      assertArrayEquals(noisy, noise.of(image, STREAMS.stream("image", n)));
      int top = size.height();
      int left = size.width();
      int bottom = -1;
      int right = -1;
      for (int i = 0; i < noisy.length; i++) {
        if (noisy[i] != image[i]) {
          top = Math.min(top, i / 3 / size.width());
          bottom = Math.max(bottom, i / 3 / size.width());
          left = Math.min(left, i / 3 % size.width());
          right = Math.max(right, i / 3 % size.width());
        }
      }
      // The corner of the noise lies in a corner of the grid, where it is zero.
      int height = bottom - top + 1;
      int width = right - left + 1;
      assertTrue(height >= 9 && height <= 31, "height " + height);
      assertTrue(width >= 4 && width <= 15, "width " + width);
      places.add(top + " " + left + " " + height + " " + width);
    }
    assertTrue(places.size() > 30, "places and sides are drawn anew");
    assertFalse(Arrays.stream(toDoubles(image)).anyMatch(v -> v != 0.5), "the image is kept");
  }

  @Test
  void theSmallestImagesHaveRoomToo() {
    var size = ImageSize.square(8);
    float[] image = new float[size.pixels() * 3];
    var noise = new NoisyRectangle(size, Normalisation.IMAGENET);
    for (int n = 0; n < 20; n++) {
      assertEquals(image.length, noise.of(image, STREAMS.stream("small", n)).length);
    }
  }

  private static double[] toDoubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
