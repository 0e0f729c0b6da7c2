package org.aand.runtime.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The right side of products, {@code [K, N]}, laid out once for the inner loops of this JVM, with
 * the bias {@code [N]} that is added. Immutable; threads and plans may share it.
 */
public final class PackedMatrix {
  private final int depth;
  private final int columns;
  private final float[][] panels;
  private final float[] bias;
  private final float[] zeros;

  /** As a {@link MatrixPacker} has packed it. */
  PackedMatrix(int depth, int columns, float[][] panels, float[] bias, float[] zeros) {
    this.depth = depth;
    this.columns = columns;
    this.panels = panels;
    this.bias = bias;
    this.zeros = zeros;
  }

  /**
   * Packs a matrix.
   *
   * @param b row-major {@code [k, n]} from the offset on
   * @param bias {@code [n]}, or none
   * @throws IndexOutOfBoundsException if the array is too short
   * @throws IllegalArgumentException if the bias has another length
   */
  public static PackedMatrix of(float[] b, int offset, int k, int n, float @Nullable [] bias) {
    var packer = new MatrixPacker(k, n);
    packer.putRows(0, k, b, offset);
    return packer.finish(bias);
  }

  /** K: rows, and columns of the left side. */
  public int depth() {
    return depth;
  }

  /** N: columns of the result. */
  public int columns() {
    return columns;
  }

  /** Copies a column back, {@code [K]} from {@code at} on. */
  void column(int column, float[] to, int at) {
    Objects.checkIndex(column, columns);
    Provider.arithmetic().column(panels, depth, column, to, at);
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
