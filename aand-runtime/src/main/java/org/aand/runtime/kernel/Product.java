package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/**
 * {@code C = activation(A x B + bias + residual)} in float32.
 *
 * <ul>
 *   <li>A: {@code [M, K]}, any {@link Rows}
 *   <li>B: {@code [K, N]}, packed once with its bias {@code [N]}
 *   <li>residual, C: {@code [M, N]} with any distance of rows; they may be the same array
 * </ul>
 *
 * <p>Every element is summed from residual and bias on in the order of K, whatever its row, the
 * number of rows and of threads. One call at a time; several products may share one packed matrix.
 */
public final class Product {
  // Packed, they fill half of a second-level cache of 512 KB; more rows share one pass over B.
  private static final int MAX_ROWS = 256;
  private static final int UNITS_PER_THREAD = 4;
  // Of the panels, in the smallest task: rows are packed once a task.
  private static final int LEAST_PART = 8;

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final PackedMatrix b;
  private final Activation activation;
  private final int panels;
  // Of units, each a panel of B for a block of rows.
  private final GuidedTasks tasks = new GuidedTasks();
  private final Workers.Task task = this::part;

  private Rows a = (row, count, k, depth, to, at, stride) -> {};
  private int rows;
  private int rowsPerBlock;
  private float[] c = {};
  private int offset;
  private int stride;
  private float @Nullable [] residual;
  private int residualOffset;
  private int residualStride;
  private @Nullable RowSink sink;

  /** Prepares a product. */
  public Product(PackedMatrix b, Activation activation) {
    this.b = b;
    this.activation = activation;
    panels = ceil(b.columns(), arithmetic.panelWidth());
  }

  /**
   * Computes rows 0..rows-1.
   *
   * @param c row i is stored at {@code offset + i * stride}
   */
  public void run(Workers workers, Rows a, int rows, float[] c, int offset, int stride) {
    run(workers, a, rows, c, offset, stride, null, 0, 0);
  }

  /**
   * Computes rows 0..rows-1 with a residual.
   *
   * @param c row i is stored at {@code offset + i * stride}
   * @param residual row i is at {@code residualOffset + i * residualStride}; or none
   */
  public void run(
      Workers workers,
      Rows a,
      int rows,
      float[] c,
      int offset,
      int stride,
      float @Nullable [] residual,
      int residualOffset,
      int residualStride) {
    this.c = c;
    this.offset = offset;
    this.stride = stride;
    this.residual = residual;
    this.residualOffset = residualOffset;
    this.residualStride = residualStride;
    this.sink = null;
    run(workers, a, rows);
  }

  /** Computes rows 0..rows-1 and hands them over block by block. */
  void run(Workers workers, Rows a, int rows, RowSink sink) {
    this.residual = null;
    this.sink = sink;
    run(workers, a, rows);
  }

  private void run(Workers workers, Rows a, int rows) {
    this.a = a;
    this.rows = rows;
    int tile = arithmetic.tileRows();
    int threads = workers.threads();
    int blocks = ceil(rows, MAX_ROWS);
    if (threads > 1 && blocks * panels < UNITS_PER_THREAD * threads) {
      blocks = Math.min(ceil(UNITS_PER_THREAD * threads, panels), ceil(rows, 2 * tile));
    }
    rowsPerBlock = ceil(ceil(rows, blocks), tile) * tile;
    int units = ceil(rows, rowsPerBlock) * panels;
    workers.run(tasks.divide(units, panels, ceil(panels, LEAST_PART), threads), task);
  }

  private static int ceil(int x, int y) {
    return (x + y - 1) / y;
  }

  private void part(int index, Scratch scratch) {
    int end = tasks.end(index);
    for (int unit = tasks.begin(index); unit < end; ) {
      int panel = unit % panels;
      int count = Math.min(panels - panel, end - unit);
      block(unit / panels * rowsPerBlock, panel, panel + count, scratch);
      unit += count;
    }
  }

  private void block(int row, int panel, int endPanel, Scratch scratch) {
    int count = Math.min(rowsPerBlock, rows - row);
    int width = arithmetic.panelWidth();
    int column = panel * width;
    int columns = Math.min(endPanel * width, b.columns()) - column;

    Block block = scratch.block();
    block.rows = count;
    block.b = b.panels();
    block.bRows = b.depth();
    block.bColumns = b.columns();
    block.far = true;
    block.panel = panel;
    block.endPanel = endPanel;
    RowSink to = sink;
    if (to == null) {
      block.c = c;
      block.cOffset = offset + row * stride + column;
      block.cStride = stride;
    } else {
      block.c = scratch.floats(Scratch.Use.RESULT, count * columns);
      block.cOffset = 0;
      block.cStride = columns;
    }
    sum(block, row, column, scratch);
    if (activation.takesSecondPass()) {
      for (int i = 0; i < count; i++) {
        activation.secondPass(block.c, block.cOffset + i * block.cStride, columns);
      }
    }
    if (to != null) {
      to.store(row, count, column, columns, block.c, columns);
    }
  }

  private void sum(Block block, int row, int column, Scratch scratch) {
    // Room for the rows that the last tile reads beyond.
    int room = (block.rows + arithmetic.tileRows() + 2) * Arithmetic.ROW;
    block.a = scratch.floats(Scratch.Use.PACKED_ROWS, room);
    block.aOffset = 0;
    for (int k = 0; k < b.depth(); k += Arithmetic.DEPTH) {
      block.k = k;
      block.depth = Math.min(Arithmetic.DEPTH, b.depth() - k);
      a.gather(row, block.rows, k, block.depth, block.a, 0, Arithmetic.ROW);
      float[] start = residual;
      if (k > 0) {
        block.bias = b.zeros();
        block.init = block.c;
        block.initOffset = block.cOffset;
        block.initStride = block.cStride;
      } else {
        block.bias = b.bias();
        block.init = start == null ? b.zeros() : start;
        block.initOffset = start == null ? column : residualOffset + row * residualStride + column;
        block.initStride = start == null ? 0 : residualStride;
      }
      boolean last = k + block.depth == b.depth();
      block.floor = last ? activation.floor() : Float.NEGATIVE_INFINITY;
      arithmetic.multiply(block, scratch);
    }
  }
}
