package org.aand.train.coreset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.aand.common.random.RandomStreams;
import org.aand.runtime.kernel.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The choice of a memory bank from many patches. */
class GreedyCoresetTest {
  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  private static RandomGenerator random() {
    return new RandomStreams(5).stream("starts");
  }

  private int[] choose(Points points, int count) {
    return GreedyCoreset.choose(points, count, random(), workers, chosen -> {});
  }

  /**
   * On a line: the ends, then 3, as the mean distance of 4 and 5 to the starting points is less.
   */
  @Test
  void alwaysTakesThePointFarthestFromThoseBefore() {
    var points = new Points(List.of(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9.5f}), 1);
    int[] chosen = choose(points, 4);
    // All ten are starting points.
    assertArrayEquals(new int[] {9, 0, 3, 6}, chosen);
  }

  /** The pruned search chooses what the plain algorithm does, clustered or not. */
  @Test
  void choosesWhatThePlainAlgorithmChooses() {
    for (int round = 0; round < 12; round++) {
      var random = new Random(round);
      int dimensions = 1 + random.nextInt(40);
      int parts = 1 + random.nextInt(4);
      int each = 30 + random.nextInt(200);
      int centres = 1 + random.nextInt(6);
      double spread = round % 3 == 0 ? 1 : 0.05;
      var values = new ArrayList<float[]>();
      for (int p = 0; p < parts; p++) {
        float[] part = new float[each * dimensions];
        for (int i = 0; i < part.length; i++) {
          int centre = new Random(i / dimensions % centres).nextInt(10);
          part[i] = (float) (centre + spread * random.nextGaussian());
        }
        values.add(part);
      }
      var points = new Points(values, dimensions);
      int count = points.count() / 3;
      assertArrayEquals(plain(points, count), choose(points, count), "round " + round);
    }
  }

  /** Every distance, each time; in double precision, but for points equally far. */
  private static int[] plain(Points points, int count) {
    int all = points.count();
    int[] starts =
        random()
            .ints(0, all)
            .distinct()
            .limit(Math.min(GreedyCoreset.STARTING_POINTS, all))
            .toArray();
    double[] distances = new double[all];
    for (int i = 0; i < all; i++) {
      for (int start : starts) {
        distances[i] += distance(points, i, start) / starts.length;
      }
    }
    int[] chosen = new int[count];
    for (int k = 0; k < count; k++) {
      int farthest = 0;
      for (int i = 1; i < all; i++) {
        farthest = distances[i] > distances[farthest] ? i : farthest;
      }
      chosen[k] = farthest;
      for (int i = 0; i < all; i++) {
        distances[i] = Math.min(distances[i], distance(points, i, farthest));
      }
    }
    return chosen;
  }

  private static double distance(Points points, int a, int b) {
    double square = 0;
    for (int d = 0; d < points.dimensions(); d++) {
      double difference =
          (double) points.array(a)[points.offset(a) + d] - points.array(b)[points.offset(b) + d];
      square += difference * difference;
    }
    return Math.sqrt(square);
  }

  @Test
  void pointsThatAreAlikeMakeABankOfTheWantedSize() {
    var points = new Points(List.of(new float[60], new float[60]), 3);
    assertEquals(7, choose(points, 7).length);
    assertThrows(IllegalArgumentException.class, () -> choose(points, 41));
    assertThrows(IllegalArgumentException.class, () -> choose(points, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new Points(List.of(new float[6], new float[3]), 3));
  }

  /** The measure that the projection is there for: distances keep their length, about. */
  @Test
  void aProjectionKeepsDistances() {
    int channels = 384;
    var projection = new RandomProjection(channels, 128, new RandomStreams(1).stream("projection"));
    var random = new Random(3);
    float[] rows = new float[40 * channels];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextFloat();
    }
    var before = new Points(List.of(rows), channels);
    var after = new Points(List.of(projection.of(workers, rows)), projection.dimensions());
    assertEquals(128, after.dimensions());
    double sum = 0;
    for (int i = 1; i < 40; i++) {
      double ratio = distance(after, 0, i) / distance(before, 0, i);
      assertTrue(ratio > 0.7 && ratio < 1.3, "ratio " + ratio);
      sum += ratio;
    }
    assertEquals(1, sum / 39, 0.1);
  }

  @Test
  void fewChannelsStayAsTheyAre() {
    var projection = new RandomProjection(3, 128, random());
    float[] rows = {1, 2, 3, 4, 5, 6};
    assertEquals(3, projection.dimensions());
    assertTrue(Arrays.equals(rows, projection.of(workers, rows)));
  }
}
