package org.aand.backend;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One product of two square matrices of single precision: does this machine compute, and how fast.
 *
 * @param seconds the fastest of a few repetitions
 * @param gigaflops 2 n^3 operations over that time, in 10^9 a second
 * @param right whether the product is the one that is known beforehand
 */
public record MatrixProduct(double seconds, double gigaflops, boolean right) {
  private static final int REPETITIONS = 5;

  /**
   * Measures.
   *
   * @param n rows and columns
   */
  public static MatrixProduct measure(int n) {
    try (var a = Nd4j.createUninitializedDetached(DataType.FLOAT, n, n);
        var b = Nd4j.createUninitializedDetached(DataType.FLOAT, n, n);
        var c = Nd4j.createUninitializedDetached(DataType.FLOAT, n, n)) {
      // Halves and quarters: every product and every sum is exact.
      a.assign(0.5);
      b.assign(0.25);
      double best = Double.POSITIVE_INFINITY;
      for (int i = 0; i < REPETITIONS; i++) {
        long start = System.nanoTime();
        a.mmuli(b, c);
        best = Math.min(best, (System.nanoTime() - start) / 1e9);
      }
      double expected = n / 8.0;
      boolean right =
          c.minNumber().doubleValue() == expected && c.maxNumber().doubleValue() == expected;
      return new MatrixProduct(best, 2.0 * n * n * n / best / 1e9, right);
    }
  }
}
