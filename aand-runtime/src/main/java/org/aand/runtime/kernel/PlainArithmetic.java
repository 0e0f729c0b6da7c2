package org.aand.runtime.kernel;

import java.util.Arrays;

/**
 * The inner loops in a form that the just-in-time compiler vectorises by itself: sums over whole
 * arrays from index 0, because an offset into one of them already keeps it from doing so.
 */
final class PlainArithmetic implements Arithmetic {
  private static final int WIDTH = 512;
  private static final int TILE_ROWS = 8;
  private final ElementKernels elements = new PlainElements();

  @Override
  public String description() {
    return "plain Java";
  }

  @Override
  public int tileRows() {
    return TILE_ROWS;
  }

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public ElementKernels elements() {
    return elements;
  }

  @Override
  public WinogradTransform transform(int outputs) {
    return outputs == 2 ? new PlainWinograd2() : new PlainWinograd4();
  }

  /** Every row of every panel is an array: row i of panel p is at p * k + i. */
  @Override
  public float[][] panels(int k, int n) {
    float[][] panels = new float[(n + WIDTH - 1) / WIDTH * k][];
    for (int i = 0; i < panels.length; i++) {
      panels[i] = new float[Math.min(WIDTH, n - i / k * WIDTH)];
    }
    return panels;
  }

  @Override
  public void putRows(
      float[][] panels, int k, int n, int row, int rows, float[] values, int offset) {
    for (int column = 0, at = row; column < n; column += WIDTH, at += k) {
      for (int r = 0; r < rows; r++) {
        float[] to = panels[at + r];
        System.arraycopy(values, offset + column + r * n, to, 0, to.length);
      }
    }
  }

  @Override
  public void putColumns(
      float[][] panels, int k, int n, int column, int count, float[] values, int offset) {
    for (int c = 0; c < count; c++) {
      int panel = (column + c) / WIDTH * k;
      for (int row = 0; row < k; row++) {
        panels[panel + row][(column + c) % WIDTH] = values[offset + c * k + row];
      }
    }
  }

  @Override
  public void column(float[][] panels, int k, int column, float[] to, int at) {
    int panel = column / WIDTH * k;
    for (int row = 0; row < k; row++) {
      to[at + row] = panels[panel + row][column % WIDTH];
    }
  }

  @Override
  public void scale(float[][] panels, int k, int panel, float[] scales) {
    for (int row = panel * k; row < (panel + 1) * k; row++) {
      scaleRow(panels[row], scales);
    }
  }

  private static void scaleRow(float[] values, float[] scales) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= scales[i];
    }
  }

  // Never chosen for such wide panels, only asked for.
  @Override
  public void kernelSums(
      KernelTransform transform,
      float[][] kernel,
      int row,
      int tapRows,
      int rows,
      float[][] to,
      int slotRows) {
    for (int slot = 0; slot < transform.slots(); slot++) {
      float[] factors = transform.factors(slot);
      for (int r = 0; r < rows; r++) {
        float[] sum = to[slot * slotRows + r];
        Arrays.fill(sum, 0);
        for (int tap = 0; tap < factors.length; tap++) {
          if (factors[tap] != 0) {
            addScaled(factors[tap], kernel[row + tap * tapRows + r], sum);
          }
        }
      }
    }
  }

  private static void addScaled(float factor, float[] x, float[] sum) {
    for (int i = 0; i < x.length; i++) {
      sum[i] += factor * x[i];
    }
  }

  @Override
  public void multiply(Block block, Scratch scratch) {
    float[][] sums = scratch.rows(TILE_ROWS, WIDTH);
    for (int p = block.panel; p < block.endPanel; p++) {
      int column = p * WIDTH;
      int width = Math.min(WIDTH, block.bColumns - p * WIDTH);
      for (int row = 0; row < block.rows; row += TILE_ROWS) {
        int rows = Math.min(TILE_ROWS, block.rows - row);
        begin(block, row, rows, column, width, sums);
        add(block, row, rows, p, width, sums);
        end(block, row, rows, column, width, sums);
      }
    }
  }

  private static void begin(Block block, int row, int rows, int column, int width, float[][] sums) {
    for (int r = 0; r < rows; r++) {
      float[] sum = sums[r];
      int from = block.initAt(column) + (row + r) * block.initStride;
      for (int i = 0; i < width; i++) {
        sum[i] = block.init[from + i] + block.bias[column + i];
      }
    }
  }

  private static void add(Block block, int row, int rows, int p, int width, float[][] sums) {
    float[][] b = block.b;
    float[] a = block.a;
    int first = p * block.bRows + block.k;
    int fours = block.depth & ~3;
    for (int k = 0; k < fours; k += 4) {
      float[] b0 = b[first + k];
      float[] b1 = b[first + k + 1];
      float[] b2 = b[first + k + 2];
      float[] b3 = b[first + k + 3];
      for (int r = 0; r < rows; r++) {
        int at = block.aOffset + (row + r) * ROW + k;
        addFour(a[at], b0, a[at + 1], b1, a[at + 2], b2, a[at + 3], b3, sums[r], width);
      }
    }
    for (int k = fours; k < block.depth; k++) {
      for (int r = 0; r < rows; r++) {
        addOne(a[block.aOffset + (row + r) * ROW + k], b[first + k], sums[r], width);
      }
    }
  }

  private static void addFour(
      float x0,
      float[] b0,
      float x1,
      float[] b1,
      float x2,
      float[] b2,
      float x3,
      float[] b3,
      float[] sum,
      int width) {
    for (int i = 0; i < width; i++) {
      sum[i] = sum[i] + x0 * b0[i] + x1 * b1[i] + x2 * b2[i] + x3 * b3[i];
    }
  }

  private static void addOne(float x, float[] b, float[] sum, int width) {
    for (int i = 0; i < width; i++) {
      sum[i] += x * b[i];
    }
  }

  private static void end(Block block, int row, int rows, int column, int width, float[][] sums) {
    float[] c = block.c;
    float floor = block.floor;
    for (int r = 0; r < rows; r++) {
      float[] sum = sums[r];
      int to = block.cAt(column) + (row + r) * block.cStride;
      for (int i = 0; i < width; i++) {
        c[to + i] = Math.max(sum[i], floor);
      }
    }
  }
}
