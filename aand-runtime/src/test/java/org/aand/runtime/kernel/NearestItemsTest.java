package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The search of a memory bank. */
class NearestItemsTest {
  private static double distance(float[] a, int row, float[] b, int item, int channels) {
    double square = 0;
    for (int c = 0; c < channels; c++) {
      double d = (double) a[row * channels + c] - b[item * channels + c];
      square += d * d;
    }
    return Math.sqrt(square);
  }

  /** Any size, more than a block of items too; rows that are items themselves among the others. */
  @Test
  void agreesWithBruteForceInDoublePrecision() {
    var random = new Random(1);
    try (var two = new Workers(2)) {
      for (int round = 0; round < 25; round++) {
        int channels = 1 + random.nextInt(300);
        int items =
            round % 8 == 0 ? ItemBank.BLOCK + 5 + random.nextInt(900) : 1 + random.nextInt(90);
        int rows = 1 + random.nextInt(round % 8 == 0 ? 20 : 70);
        int count = Math.min(items, 1 + random.nextInt(9));
        float[] bank = Reference.random(random, items * channels);
        float[] x = Reference.random(random, rows * channels);
        System.arraycopy(bank, 0, x, 0, channels);
        var packed = ItemBank.of(bank, channels);
        var search = new NearestItems(packed, count);
        search.run(two, x, 0, rows);
        float[] distances = new float[rows];
        search.distances(two, x, 0, rows, distances);
        assertEquals(0, distances[0], "an item is at distance 0 from itself");
        for (int row = 0; row < rows; row++) {
          int r = row;
          double[] sorted =
              IntStream.range(0, items)
                  .mapToDouble(i -> distance(x, r, bank, i, channels))
                  .sorted()
                  .toArray();
          assertEquals(sorted[0], distances[row], 1e-6 * (1 + sorted[0]));
          for (int k = 0; k < count; k++) {
            double found = distance(x, row, bank, search.item(row, k), channels);
            assertEquals(sorted[k], found, 1e-5 * (1 + found), "neighbour " + k);
          }
          assertEquals(
              count, IntStream.range(0, count).map(k -> search.item(r, k)).distinct().count());
        }
      }
    }
  }

  @Test
  void findsTheSameWhateverTheThreadsAndTheRowsBeside() {
    var random = new Random(2);
    int channels = 40;
    int rows = 300;
    var bank = ItemBank.of(Reference.random(random, 5000 * channels), channels);
    float[] x = Reference.random(random, rows * channels);
    float[] expected = new float[rows];
    try (var one = new Workers(1);
        var three = new Workers(3)) {
      var search = new NearestItems(bank, 1);
      search.run(three, x, 0, rows);
      search.distances(three, x, 0, rows, expected);
      float[] alone = new float[1];
      for (int row = 0; row < rows; row++) {
        search.run(one, x, row * channels, 1);
        search.distances(one, x, row * channels, 1, alone);
        assertEquals(expected[row], alone[0]);
      }
    }
  }

  @Test
  void ofItemsEquallyNearTheFirstComesFirst() {
    int channels = 3;
    int items = ItemBank.BLOCK + 40;
    float[] bank = new float[items * channels];
    Arrays.fill(bank, 9);
    for (int item : new int[] {ItemBank.BLOCK + 7, 1200, 17}) {
      Arrays.fill(bank, item * channels, (item + 1) * channels, 1);
    }
    var search = new NearestItems(ItemBank.of(bank, channels), 4);
    try (var workers = new Workers(2)) {
      search.run(workers, new float[channels], 0, 1);
    }
    assertEquals(17, search.item(0, 0));
    assertEquals(1200, search.item(0, 1));
    assertEquals(ItemBank.BLOCK + 7, search.item(0, 2));
    assertEquals(0, search.item(0, 3));
  }

  /** A feature that is no number is at no distance, and does not spoil the others. */
  @Test
  void notANumberStaysWhereItBelongs() {
    float[] x = {1, 1, Float.NaN, 1, 2, 2};
    var search = new NearestItems(ItemBank.of(new float[] {0, 0, 1, 1}, 2), 2);
    float[] distances = new float[3];
    try (var workers = new Workers(1)) {
      search.run(workers, x, 0, 3);
      search.distances(workers, x, 0, 3, distances);
    }
    assertEquals(0, distances[0]);
    assertTrue(Float.isNaN(distances[1]));
    assertEquals(Math.sqrt(2), distances[2], 1e-6);
  }

  @Test
  void packsTheSameInPartsAndGivesItemsBack() {
    var random = new Random(4);
    int channels = 7;
    int items = 2 * ItemBank.BLOCK + 11;
    float[] bank = Reference.random(random, items * channels);
    var packer = new ItemBank.Packer(items, channels);
    for (int first = 0, count; first < items; first += count) {
      count = Math.min(items - first, 1 + random.nextInt(900));
      packer.put(
          first, count, Arrays.copyOfRange(bank, first * channels, (first + count) * channels));
    }
    var packed = packer.finish();
    assertEquals(items, packed.items());
    float[] item = new float[channels + 2];
    for (int i : new int[] {0, 1, ItemBank.BLOCK - 1, ItemBank.BLOCK, items - 1}) {
      packed.copy(i, item, 1);
      assertArrayEquals(
          Arrays.copyOfRange(bank, i * channels, (i + 1) * channels),
          Arrays.copyOfRange(item, 1, channels + 1));
    }
    assertThrows(IllegalArgumentException.class, () -> new NearestItems(packed, items + 1));
    assertThrows(IllegalArgumentException.class, () -> new NearestItems(packed, 0));
    assertThrows(IllegalArgumentException.class, () -> new ItemBank.Packer(0, 3));
  }
}
