package org.aand.runtime.kernel;

import org.jspecify.annotations.Nullable;

/**
 * {@code C = activation(A x B + bias + residual)} in float32.
 *
 * <ul>
 *   <li>A: {@code [M, K]}, any {@link Rows}; read where they are if {@link ArrayRows} are packed
 *   <li>B: {@code [K, N]}, packed once with its bias {@code [N]}
 *   <li>residual, C: {@code [M, N]} in any layout; they may be the same
 * </ul>
 *
 * <p>Every element is summed from residual and bias on in the order of K, whatever its row, the
 * number of rows and of threads. One call at a time; several products may share one packed matrix.
 */
public final class Product {
  // Packed, they fill half of a second-level cache of 512 KB; more rows share one pass over B.
  private static final int MAX_ROWS = 256;
  private static final int UNITS_PER_THREAD = 4;
  // Of the panels, in the smallest task of rows that are not read in place: each task copies them.
  private static final int LEAST_PART = 8;

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final PackedMatrix b;
  private final Activation activation;
  private final int panels;
  // Of units, each a panel of B for a block of rows.
  private final GuidedTasks tasks = new GuidedTasks();
  private final Workers.Task task = this::part;

  private Rows a = ArrayRows.NONE;
  private @Nullable ArrayRows inPlace;
  private int rows;
  private int rowsPerBlock;
  private ArrayRows c = ArrayRows.NONE;
  private @Nullable ArrayRows residual;
  private @Nullable RowSink sink;

  /** Prepares a product. */
  public Product(PackedMatrix b, Activation activation) {
    this.b = b;
    this.activation = activation;
    panels = ceil(b.columns(), arithmetic.panelWidth());
  }

  /** Computes rows 0..rows-1. */
  public void run(Workers workers, Rows a, int rows, ArrayRows c) {
    run(workers, a, rows, c, null);
  }

  /** Computes rows 0..rows-1 with a residual where there is one; it may be c itself. */
  public void run(Workers workers, Rows a, int rows, ArrayRows c, @Nullable ArrayRows residual) {
    this.c = c;
    this.residual = residual;
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
    inPlace = a instanceof ArrayRows r && r.canBeReadInPlace(rows, b.depth()) ? r : null;
    int tile = arithmetic.tileRows();
    int threads = workers.threads();
    int blocks = ceil(rows, MAX_ROWS);
    if (threads > 1 && blocks * panels < UNITS_PER_THREAD * threads) {
      blocks = Math.min(ceil(UNITS_PER_THREAD * threads, panels), ceil(rows, 2 * tile));
    }
    rowsPerBlock = ceil(ceil(rows, blocks), tile) * tile;
    int units = ceil(rows, rowsPerBlock) * panels;
    int least = inPlace == null ? ceil(panels, LEAST_PART) : 1;
    workers.run(tasks.divide(units, panels, least, threads), task);
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
    ArrayRows result = c;
    int first = row;
    if (to != null) {
      float[] values = scratch.floats(Scratch.Use.RESULT, count * columns);
      result = ArrayRows.of(values, -column, columns);
      first = 0;
    }
    block.resultsTo(result, first);
    sum(block, row, scratch);
    if (activation.takesSecondPass()) {
      secondPass(result, first, count, column, column + columns);
    }
    if (to != null) {
      to.store(row, count, column, columns, result.values(), columns);
    }
  }

  private void secondPass(ArrayRows result, int row, int count, int column, int end) {
    for (int j = column; j < end; ) {
      int length = result.together(j, end);
      for (int i = row; i < row + count; i++) {
        activation.secondPass(result.values(), result.at(i, j), length);
      }
      j += length;
    }
  }

  private void sum(Block block, int row, Scratch scratch) {
    ArrayRows there = inPlace;
    for (int k = 0; k < b.depth(); k += Arithmetic.DEPTH) {
      block.k = k;
      block.depth = Math.min(Arithmetic.DEPTH, b.depth() - k);
      if (there != null) {
        block.a = there.values();
        block.aOffset = there.at(row, k);
      } else {
        // Room for the rows that the last tile reads beyond.
        int room = (block.rows + Arithmetic.BEYOND) * Arithmetic.ROW;
        block.a = scratch.floats(Scratch.Use.PACKED_ROWS, room);
        block.aOffset = 0;
        a.gather(row, block.rows, k, block.depth, block.a, 0, Arithmetic.ROW);
      }
      begin(block, row, k);
      boolean last = k + block.depth == b.depth();
      block.floor = last ? activation.floor() : Float.NEGATIVE_INFINITY;
      arithmetic.multiply(block, scratch);
    }
  }

  private void begin(Block block, int row, int k) {
    ArrayRows added = residual;
    block.bias = k == 0 ? b.bias() : b.zeros();
    if (k > 0) {
      block.beginWithResults();
    } else if (added != null) {
      block.beginWith(added, row);
    } else {
      block.beginWith(b.zeros());
    }
  }
}
