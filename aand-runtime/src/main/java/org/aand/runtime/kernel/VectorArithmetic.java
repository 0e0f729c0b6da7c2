package org.aand.runtime.kernel;

/**
 * The inner loops by the Vector API. Linked only where its module is present; nothing but {@link
 * Provider} may name this class.
 */
final class VectorArithmetic implements Arithmetic {
  private static final int WIDTH = VectorLanes.TILE_COLUMNS;
  private static final int MAX_ROWS = 8;
  // Of the cache, in values.
  private static final int LINE = 64 / Float.BYTES;
  private final ElementKernels elements = new VectorElements();

  @Override
  public String description() {
    return "Vector API, "
        + (VectorLanes.LENGTH * Float.SIZE)
        + (" bits, tile " + VectorLanes.TILE_ROWS + "x" + WIDTH);
  }

  @Override
  public int tileRows() {
    return VectorLanes.TILE_ROWS;
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
    return outputs == 2 ? new VectorWinograd2() : new VectorWinograd4();
  }

  /** Panels of {@code [k, WIDTH]} one after the other, the last one filled up with zeros. */
  @Override
  public float[][] panels(int k, int n) {
    return new float[][] {new float[Math.multiplyExact((n + WIDTH - 1) / WIDTH, k * WIDTH)]};
  }

  @Override
  public void putRows(
      float[][] panels, int k, int n, int row, int rows, float[] values, int offset) {
    float[] to = panels[0];
    for (int column = 0, at = row * WIDTH; column < n; column += WIDTH, at += k * WIDTH) {
      int width = Math.min(WIDTH, n - column);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(values, offset + column + r * n, to, at + r * WIDTH, width);
      }
    }
  }

  @Override
  public void putColumns(
      float[][] panels, int k, int n, int column, int count, float[] values, int offset) {
    for (int first = 0; first < k; first += LINE) {
      int rows = Math.min(LINE, k - first);
      for (int c = 0; c < count; c++) {
        int panel = (column + c) / WIDTH * k * WIDTH;
        int to = panel + first * WIDTH + (column + c) % WIDTH;
        turn(values, offset + c * k + first, rows, panels[0], to);
      }
    }
  }

  @Override
  public void column(float[][] panels, int k, int column, float[] to, int at) {
    float[] from = panels[0];
    int first = column / WIDTH * k * WIDTH + column % WIDTH;
    for (int row = 0; row < k; row++) {
      to[at + row] = from[first + row * WIDTH];
    }
  }

  private static void turn(float[] from, int offset, int rows, float[] to, int at) {
    for (int r = 0; r < rows; r++) {
      to[at + r * WIDTH] = from[offset + r];
    }
  }

  // Not by vectors, which are not compiled yet when a model is loaded.
  @Override
  public void scale(float[][] panels, int k, int panel, float[] scales) {
    for (int row = panel * k; row < (panel + 1) * k; row++) {
      scaleRow(panels[0], row * WIDTH, scales);
    }
  }

  private static void scaleRow(float[] values, int at, float[] scales) {
    for (int i = 0; i < WIDTH; i++) {
      values[at + i] *= scales[i];
    }
  }

  @Override
  public void kernelSums(
      KernelTransform transform,
      float[][] kernel,
      int row,
      int tapRows,
      int rows,
      float[][] to,
      int slotRows) {
    int from = row * WIDTH;
    int tap = tapRows * WIDTH;
    int slot = slotRows * WIDTH;
    int count = rows * WIDTH;
    if (transform.scheme() == WinogradScheme.STRIDED) {
      VectorWinogradKernel.strided(kernel[0], from, tap, to[0], 0, slot, count);
    } else if (transform.scheme() == WinogradScheme.FOUR) {
      VectorWinogradKernel.four(kernel[0], from, tap, to[0], 0, slot, count);
    } else {
      VectorWinogradKernel.two(kernel[0], from, tap, to[0], 0, slot, count);
    }
  }

  @Override
  public void multiply(Block block, Scratch scratch) {
    int columns = block.bColumns;
    for (int p = block.panel; p < block.endPanel; p++) {
      if (block.far) {
        readAhead(block, p);
      }
      int init = block.initAt(p * WIDTH);
      int c = block.cAt(p * WIDTH);
      boolean whole = (p + 1) * WIDTH <= columns;
      for (int row = 0; row < block.rows; ) {
        int left = block.rows - row;
        int tile = tile(left);
        if (whole && tile <= left) {
          run(
              tile,
              block,
              row,
              p,
              block.init,
              init + row * block.initStride,
              block.initStride,
              block.c,
              c + row * block.cStride,
              block.cStride);
        } else {
          int width = Math.min(WIDTH, columns - p * WIDTH);
          edge(tile, block, row, p, Math.min(tile, left), width, scratch);
        }
        row += tile;
      }
    }
  }

  /**
   * Brings a panel into the cache. Java has no prefetch, and a tile has so many instructions a row
   * of the panel that the processor waits for a few lines at a time; these reads follow each other
   * so closely that it waits for many at once.
   */
  private static void readAhead(Block block, int p) {
    float[] b = block.b[0];
    int part = block.depth * WIDTH / 4;
    int begin = offset(block, p);
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    for (int i = begin; i < begin + part; i += LINE) {
      sum0 += b[i];
      sum1 += b[i + part];
      sum2 += b[i + 2 * part];
      sum3 += b[i + 3 * part];
    }
    block.read = sum0 + sum1 + sum2 + sum3;
  }

  private static int offset(Block block, int p) {
    return (p * block.bRows + block.k) * WIDTH;
  }

  /** The smallest tile that covers the rows, or the largest one. */
  private static int tile(int rows) {
    return rows >= VectorLanes.TILE_ROWS
        ? VectorLanes.TILE_ROWS
        : rows <= 4 ? 4 : rows <= 6 ? 6 : 8;
  }

  // Through a whole tile of its own, so that every sum is made by the same instructions.
  private static void edge(
      int tile, Block block, int row, int p, int rows, int width, Scratch scratch) {
    float[] in = scratch.floats(Scratch.Use.EDGE_IN, MAX_ROWS * WIDTH);
    float[] out = scratch.floats(Scratch.Use.EDGE_OUT, MAX_ROWS * WIDTH);
    for (int r = 0; r < rows; r++) {
      int from = block.initAt(p * WIDTH) + (row + r) * block.initStride;
      System.arraycopy(block.init, from, in, r * WIDTH, width);
    }
    run(tile, block, row, p, in, 0, WIDTH, out, 0, WIDTH);
    for (int r = 0; r < rows; r++) {
      int to = block.cAt(p * WIDTH) + (row + r) * block.cStride;
      System.arraycopy(out, r * WIDTH, block.c, to, width);
    }
  }

  private static void run(
      int tile,
      Block block,
      int row,
      int p,
      float[] init,
      int io,
      int is,
      float[] c,
      int co,
      int cs) {
    float[] a = block.a;
    int ao = block.aOffset + row * ROW;
    float[] b = block.b[0];
    int bo = offset(block, p);
    int depth = block.depth;
    float[] bias = block.bias;
    int j = p * WIDTH;
    float floor = block.floor;
    switch (tile) {
      case 8 -> VectorTile8.run(a, ao, b, bo, depth, bias, j, init, io, is, floor, c, co, cs);
      case 6 -> VectorTile6.run(a, ao, b, bo, depth, bias, j, init, io, is, floor, c, co, cs);
      default -> VectorTile4.run(a, ao, b, bo, depth, bias, j, init, io, is, floor, c, co, cs);
    }
  }
}
