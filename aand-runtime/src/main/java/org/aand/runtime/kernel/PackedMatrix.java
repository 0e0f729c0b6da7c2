package org.aand.runtime.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The right side of products, {@code [K, N]}, laid out once for the inner loops of this JVM, with
 * the bias {@code [N]} that is added. Immutable; threads and plans may share it.
 */
public final class PackedMatrix {
  static final PackedMatrix NONE = new PackedMatrix(0, 0, null);

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final int depth;
  private final int columns;
  private final float[][] panels;
  private final float[] bias;
  private final float[] zeros;

  /** A matrix whose rows are yet to be {@link #put}. */
  PackedMatrix(int depth, int columns, float @Nullable [] bias) {
    this.depth = depth;
    this.columns = columns;
    panels = arithmetic.panels(depth, columns);
    int width = arithmetic.panelWidth();
    int padded = (columns + width - 1) / width * width;
    zeros = new float[padded];
    this.bias = bias == null ? zeros : Arrays.copyOf(bias, padded);
  }

  /** Packs rows, {@code [rows, n]} from the offset on. */
  void put(int row, int rows, float[] values, int offset) {
    arithmetic.put(panels, depth, columns, row, rows, values, offset);
  }

  /**
   * Packs a matrix.
   *
   * @param b row-major {@code [k, n]} from the offset on
   * @param bias {@code [n]}, or none
   * @throws IllegalArgumentException if the array is too short or the bias has another length
   */
  public static PackedMatrix of(float[] b, int offset, int k, int n, float @Nullable [] bias) {
    Objects.checkFromIndexSize(offset, Math.multiplyExact(k, n), b.length);
    if (k < 1 || n < 1) {
      throw new IllegalArgumentException("a matrix of " + k + " x " + n);
    }
    if (bias != null && bias.length != n) {
      throw new IllegalArgumentException("a bias of " + bias.length + " for " + n + " columns");
    }
    PackedMatrix packed = new PackedMatrix(k, n, bias);
    packed.put(0, k, b, offset);
    return packed;
  }

  /** K: rows, and columns of the left side. */
  public int depth() {
    return depth;
  }

  /** N: columns of the result. */
  public int columns() {
    return columns;
  }

  float[][] panels() {
    return panels;
  }

  /** By column, whole panels. */
  float[] bias() {
    return bias;
  }

  /** As many zeros as {@link #bias} has values. */
  float[] zeros() {
    return zeros;
  }
}
