package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductTest {
  @Test
  void agreesWithDoublePrecisionOnAnySize() {
    Random random = new Random(1);
    try (Workers two = new Workers(2);
        Workers one = new Workers(1)) {
      for (int round = 0; round < 60; round++) {
        int m = 1 + random.nextInt(130);
        int k = 1 + random.nextInt(round % 3 == 0 ? 600 : 90);
        int n = 1 + random.nextInt(round % 4 == 0 ? 300 : 70);
        float[] a = Reference.random(random, m * k);
        float[] b = Reference.weights(random, k * n, k);
        float[] bias = random.nextBoolean() ? Reference.random(random, n) : null;
        float[] residual = random.nextBoolean() ? Reference.random(random, m * n) : null;
        Activation f = List.of(Activation.values()).get(random.nextInt(4));
        double[] expected = Reference.product(a, b, m, k, n);
        Reference.finish(expected, n, bias, residual, f);

        Product product = new Product(PackedMatrix.of(b, 0, k, n, bias), f);
        ArrayRows rows = ArrayRows.of(a, 0, k);
        float[] c = new float[m * n];
        product.run(
            one,
            rows,
            m,
            ArrayRows.of(c, 0, n),
            residual == null ? null : ArrayRows.of(residual, 0, n));
        assertEquals(0, Reference.error(expected, c, 0), 4e-6, m + " x " + k + " x " + n);

        // Two threads, rows apart, the residual in the place of the result.
        int apart = n + 3;
        float[] d = new float[5 + m * apart];
        Arrays.fill(d, 7);
        for (int i = 0; i < m && residual != null; i++) {
          System.arraycopy(residual, i * n, d, 5 + i * apart, n);
        }
        ArrayRows to = ArrayRows.of(d, 5, apart);
        product.run(two, rows, m, to, residual == null ? null : to);
        for (int i = 0; i < m; i++) {
          assertArrayEquals(
              Arrays.copyOfRange(c, i * n, i * n + n),
              Arrays.copyOfRange(d, 5 + i * apart, 5 + i * apart + n));
          assertEquals(7, d[5 + i * apart + n], "written beyond a row");
        }
      }
    }
  }

  // Columns of a row in several blocks, and rows up to beyond a tile.
  @Test
  void layoutsAreReadAndWrittenAlike() {
    Random random = new Random(4);
    try (Workers workers = new Workers(2)) {
      for (int round = 0; round < 40 && ArrayRows.canBePacked(); round++) {
        int m = 1 + random.nextInt(60);
        int k = 1 + random.nextInt(700);
        int n = 1 + random.nextInt(600);
        float[] a = Reference.random(random, m * k);
        float[] residual = Reference.random(random, m * n);
        float[] b = Reference.weights(random, k * n, k);
        Activation f = List.of(Activation.values()).get(random.nextInt(4));
        Product product = new Product(PackedMatrix.of(b, 0, k, n, null), f);
        float[] c = new float[m * n];
        product.run(
            workers, ArrayRows.of(a, 0, k), m, ArrayRows.of(c, 0, n), ArrayRows.of(residual, 0, n));

        ArrayRows packed = Reference.packed(a, m, k);
        assertTrue(packed.canBeReadInPlace(m, k));
        ArrayRows added = Reference.packed(residual, m, n);
        ArrayRows to = Reference.packed(new float[m * n], m, n);
        product.run(workers, packed, m, to, added);
        assertArrayEquals(c, Reference.plain(to, m, n), "both packed");
        product.run(workers, packed, m, to, ArrayRows.of(residual, 0, n));
        assertArrayEquals(c, Reference.plain(to, m, n), "the residual plain");
        float[] d = new float[m * n];
        product.run(workers, packed, m, ArrayRows.of(d, 0, n), added);
        assertArrayEquals(c, d, "the result plain");
        product.run(workers, packed, m, added, added);
        assertArrayEquals(c, Reference.plain(added, m, n), "in the residual's place");
      }
    }
  }

  @Test
  void rowsWithoutRoomBehindThemAreCopied() {
    float[] tight = new float[3 * Arithmetic.ROW];
    ArrayRows rows = ArrayRows.of(tight, 0, Arithmetic.ROW);
    assertFalse(rows.canBeReadInPlace(3, 5));
    assertFalse(
        ArrayRows.of(new float[9 * Arithmetic.ROW], 0, 5).canBeReadInPlace(3, 5), "other rows");
  }

  @Test
  void rowIsTheSameWhereverItStands() {
    Random random = new Random(2);
    int k = 301;
    int n = 61;
    Product product =
        new Product(
            PackedMatrix.of(Reference.random(random, k * n), 0, k, n, null), Activation.NONE);
    float[] a = Reference.random(random, 200 * k);
    float[] all = new float[200 * n];
    float[] one = new float[n];
    try (Workers workers = new Workers(2)) {
      product.run(workers, ArrayRows.of(a, 0, k), 200, ArrayRows.of(all, 0, n));
      for (int i = 0; i < 200; i++) {
        product.run(workers, ArrayRows.of(a, i * k, k), 1, ArrayRows.of(one, 0, n));
        assertArrayEquals(one, Arrays.copyOfRange(all, i * n, i * n + n));
      }
    }
  }

  @Test
  void notANumberStaysWhereItBelongs() {
    float[] a = new float[10 * 4];
    Arrays.fill(a, 1);
    a[3 * 4] = Float.NaN;
    float[] b = new float[4 * 5];
    Product product = new Product(PackedMatrix.of(b, 0, 4, 5, null), Activation.RELU);
    float[] c = new float[50];
    try (Workers workers = new Workers(1)) {
      product.run(workers, ArrayRows.of(a, 0, 4), 10, ArrayRows.of(c, 0, 5));
    }
    for (int i = 0; i < 50; i++) {
      assertEquals(i / 5 == 3, Float.isNaN(c[i]));
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(
        IndexOutOfBoundsException.class, () -> PackedMatrix.of(new float[5], 0, 2, 3, null));
    assertThrows(
        IllegalArgumentException.class, () -> PackedMatrix.of(new float[6], 0, 2, 3, new float[2]));
    assertTrue(Provider.description().length() > 5);
  }
}
