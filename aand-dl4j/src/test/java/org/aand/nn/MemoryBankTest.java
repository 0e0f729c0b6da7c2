package org.aand.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** Distance to a memory bank and re-weighted image score, by definition. */
class MemoryBankTest {
  private static final int IMAGES = 3;
  private static final int HEIGHT = 5;
  private static final int WIDTH = 4;
  private static final int CHANNELS = 6;

  private final double[] x = values("features", IMAGES * HEIGHT * WIDTH * CHANNELS);

  private static double[] values(String name, int count) {
    return new RandomStreams(4).stream(name, count).doubles(count, -2, 2).toArray();
  }

  /** What the graph finds: the distances, then the score of each image. */
  private List<double[]> found(double[] bank, int neighbours) {
    var graph = SameDiff.create();
    var features = graph.placeHolder("x", DataType.DOUBLE);
    var items = graph.placeHolder("bank", DataType.DOUBLE);
    var distances = NearestDistance.of(features, items);
    var score = ReweightedMaximum.of(features, distances, items, neighbours);
    try (var program = new Program(graph, List.of(distances, score), DataType.DOUBLE);
        var in = HostValues.array(x, DataType.DOUBLE, IMAGES, HEIGHT, WIDTH, CHANNELS);
        var held = HostValues.array(bank, DataType.DOUBLE, bank.length / CHANNELS, CHANNELS)) {
      program.run(Map.of("x", in, "bank", held));
      var outputs = program.run(Map.of("x", in, "bank", held));
      return List.of(HostValues.read(outputs.get(distances)), HostValues.read(outputs.get(score)));
    }
  }

  private static double distance(double[] a, int i, double[] b, int j) {
    double square = 0;
    for (int c = 0; c < CHANNELS; c++) {
      double d = a[i * CHANNELS + c] - b[j * CHANNELS + c];
      square += d * d;
    }
    return Math.sqrt(square);
  }

  private static List<Integer> nearest(double[] rows, int row, double[] bank) {
    return IntStream.range(0, bank.length / CHANNELS)
        .boxed()
        .sorted(Comparator.comparingDouble(item -> distance(rows, row, bank, item)))
        .toList();
  }

  private void check(int items, int neighbours) {
    double[] bank = values("bank", items * CHANNELS);
    // A location that is an item itself.
    System.arraycopy(bank, 0, x, 0, CHANNELS);
    var found = found(bank, neighbours);
    int locations = HEIGHT * WIDTH;
    assertEquals(IMAGES * locations, found.get(0).length);
    assertEquals(IMAGES, found.get(1).length);
    for (int n = 0; n < IMAGES; n++) {
      int farthest = n * locations;
      for (int i = n * locations; i < (n + 1) * locations; i++) {
        double expected = distance(x, i, bank, nearest(x, i, bank).get(0));
        assertEquals(expected, found.get(0)[i], 1e-12);
        farthest = found.get(0)[i] > found.get(0)[farthest] ? i : farthest;
      }
      double greatest = found.get(0)[farthest];
      int item = nearest(x, farthest, bank).get(0);
      double sum = 0;
      for (int m : nearest(bank, item, bank).subList(0, neighbours)) {
        sum += Math.exp(distance(x, farthest, bank, m));
      }
      double weight = neighbours == 1 ? 1 : 1 - Math.exp(greatest) / sum;
      assertEquals(weight * greatest, found.get(1)[n], 1e-12);
    }
  }

  @Test
  void ofOneBlockOfItems() {
    check(30, 9);
    check(9, 9);
    check(2, 2);
    check(1, 1);
  }

  /** More items than are compared with together, and more locations. */
  @Test
  void ofSeveralBlocksOfItems() {
    check(4500, 9);
  }

  @Test
  void equalItemsShareTheWeight() {
    double[] bank = new double[4 * CHANNELS];
    Arrays.fill(bank, 1);
    var found = found(bank, 4);
    for (int n = 0; n < IMAGES; n++) {
      int from = n * HEIGHT * WIDTH;
      double greatest =
          Arrays.stream(found.get(0), from, from + HEIGHT * WIDTH).max().orElseThrow();
      assertEquals(0.75 * greatest, found.get(1)[n], 1e-12);
    }
  }
}
