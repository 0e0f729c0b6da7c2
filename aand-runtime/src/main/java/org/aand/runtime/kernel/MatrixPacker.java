package org.aand.runtime.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Packs a matrix {@code [K, N]} part by part, so that it need not be in memory unpacked. For one
 * thread at a time.
 */
public final class MatrixPacker {
  private final Arithmetic arithmetic = Provider.arithmetic();
  private final int depth;
  private final int columns;
  private final float[][] panels;

  /**
   * Room for a matrix.
   *
   * @throws IllegalArgumentException if it has no element
   */
  public MatrixPacker(int depth, int columns) {
    if (depth < 1 || columns < 1) {
      throw new IllegalArgumentException("a matrix of " + depth + " x " + columns);
    }
    this.depth = depth;
    this.columns = columns;
    panels = arithmetic.panels(depth, columns);
  }

  /** K. */
  public int depth() {
    return depth;
  }

  /** N. */
  public int columns() {
    return columns;
  }

  /**
   * Packs rows.
   *
   * @param row the first one
   * @param values {@code [rows, N]} from the offset on
   */
  public void putRows(int row, int rows, float[] values, int offset) {
    Objects.checkFromIndexSize(row, rows, depth);
    Objects.checkFromIndexSize(offset, Math.multiplyExact(rows, columns), values.length);
    arithmetic.putRows(panels, depth, columns, row, rows, values, offset);
  }

  /**
   * Packs columns.
   *
   * @param column the first one
   * @param values {@code [count, K]} from the offset on: the transposed
   */
  public void putColumns(int column, int count, float[] values, int offset) {
    Objects.checkFromIndexSize(column, count, columns);
    Objects.checkFromIndexSize(offset, Math.multiplyExact(count, depth), values.length);
    arithmetic.putColumns(panels, depth, columns, column, count, values, offset);
  }

  /**
   * Multiplies what was packed.
   *
   * @param scales by column, and from the beginning again where there are fewer
   */
  public void scale(float[] scales) {
    int width = arithmetic.panelWidth();
    float[] repeated = new float[padded()];
    for (int i = 0; i < columns; i++) {
      repeated[i] = scales[i % scales.length];
    }
    for (int column = 0, p = 0; column < columns; column += width, p++) {
      arithmetic.scale(panels, depth, p, Arrays.copyOfRange(repeated, column, column + width));
    }
  }

  private int padded() {
    int width = arithmetic.panelWidth();
    return (columns + width - 1) / width * width;
  }

  /**
   * The packed matrix, which takes over what was packed.
   *
   * @param bias {@code [N]}, or none
   * @throws IllegalArgumentException if the bias has another length
   */
  public PackedMatrix finish(float @Nullable [] bias) {
    if (bias != null && bias.length != columns) {
      throw new IllegalArgumentException(
          "a bias of " + bias.length + " for " + columns + " columns");
    }
    float[] zeros = new float[padded()];
    return new PackedMatrix(
        depth, columns, panels, bias == null ? zeros : Arrays.copyOf(bias, zeros.length), zeros);
  }
}
