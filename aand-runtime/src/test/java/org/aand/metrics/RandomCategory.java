package org.aand.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aand.common.random.RandomStreams;

/**
 * A small random test set: images with rectangular and scattered defects, maps that know something
 * about them, and ties as often as asked for.
 */
record RandomCategory(
    int width, int height, List<float[]> maps, List<byte[]> masks, List<Boolean> defective) {

  /** A different set for each number; it has defective and normal images and pixels. */
  static RandomCategory number(int number) {
    var random = new RandomStreams(20240611).stream("category", number);
    int width = random.nextInt(3, 14);
    int height = random.nextInt(3, 14);
    int images = random.nextInt(2, 7);
    int scoreSteps = random.nextBoolean() ? 0 : random.nextInt(1, 12);
    var maps = new ArrayList<float[]>();
    var masks = new ArrayList<byte[]>();
    var defective = new ArrayList<Boolean>();
    for (int image = 0; image < images; image++) {
      boolean isDefective = image == 0 || (image > 1 && random.nextBoolean());
      byte[] mask = isDefective ? mask(random, width, height) : new byte[width * height];
      masks.add(mask);
      maps.add(map(random, mask, scoreSteps));
      defective.add(isDefective);
    }
    return new RandomCategory(width, height, maps, masks, defective);
  }

  private static byte[] mask(RandomGenerator random, int width, int height) {
    byte[] mask = new byte[width * height];
    if (random.nextBoolean()) {
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) (random.nextInt(3) == 0 ? 255 : 0);
      }
    } else {
      int top = random.nextInt(height);
      int left = random.nextInt(width);
      for (int y = top; y < Math.min(height, top + 3); y++) {
        for (int x = left; x < Math.min(width, left + 4); x++) {
          mask[y * width + x] = 1;
        }
      }
    }
    mask[random.nextInt(mask.length)] = 1;
    return mask;
  }

  private static float[] map(RandomGenerator random, byte[] mask, int scoreSteps) {
    float[] map = new float[mask.length];
    double lift = random.nextDouble(-0.5, 1.5);
    for (int i = 0; i < map.length; i++) {
      double score = random.nextGaussian() + (mask[i] != 0 ? lift : 0);
      map[i] = (float) (scoreSteps == 0 ? score : Math.rint(score * scoreSteps) / scoreSteps);
    }
    return map;
  }

  PixelRanking ranking() {
    return PixelRanking.of(maps, masks, width, height);
  }

  /** The maps of the defective or of the normal images. */
  List<float[]> maps(boolean ofDefective) {
    return IntStream.range(0, maps.size())
        .filter(image -> defective.get(image) == ofDefective)
        .mapToObj(maps::get)
        .toList();
  }

  /** The masks of the defective images. */
  List<byte[]> defectMasks() {
    return IntStream.range(0, maps.size()).filter(defective::get).mapToObj(masks::get).toList();
  }

  /** The greatest value of each map. */
  float[] imageScores() {
    float[] scores = new float[maps.size()];
    for (int image = 0; image < scores.length; image++) {
      scores[image] = Float.NEGATIVE_INFINITY;
      for (float value : maps.get(image)) {
        scores[image] = Math.max(scores[image], value);
      }
    }
    return scores;
  }

  boolean[] labels() {
    boolean[] labels = new boolean[defective.size()];
    for (int image = 0; image < labels.length; image++) {
      labels[image] = defective.get(image);
    }
    return labels;
  }

  /** All map values in one array. */
  float[] pixels() {
    float[] pixels = new float[maps.size() * width * height];
    for (int image = 0; image < maps.size(); image++) {
      System.arraycopy(maps.get(image), 0, pixels, image * width * height, width * height);
    }
    return pixels;
  }

  /** Whether each of {@link #pixels} is defective. */
  boolean[] pixelLabels() {
    boolean[] labels = new boolean[maps.size() * width * height];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = masks.get(i / (width * height))[i % (width * height)] != 0;
    }
    return labels;
  }
}
