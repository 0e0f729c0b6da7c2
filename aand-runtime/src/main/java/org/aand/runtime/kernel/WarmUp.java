package org.aand.runtime.kernel;

/**
 * Brings the inner loops to their compiled form before the first image. Vector code that is not
 * compiled yet is hundreds of times slower, and many small calls get it compiled sooner than the
 * first large one, whose threads also keep the compiler's from running.
 */
public final class WarmUp {
  private static final int DEPTH = 24;
  private static final long COMPILED_NANOS = 4_000;
  private static final int FAST_CALLS = 20;
  // After so many calls the compiler has been asked for its best code.
  private static final int ENOUGH_CALLS = 700;

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final Scratch scratch = new Scratch();
  private final float[] x = new float[1 << 16];
  private final float[] y = new float[1 << 16];
  private final long end;

  private WarmUp(long millis) {
    end = System.nanoTime() + millis * 1_000_000;
  }

  /**
   * Runs every inner loop on a few values until it is compiled. On the calling thread, so that a
   * model can be read meanwhile on another.
   *
   * @param millis the time after which it stops in any case
   */
  public static void run(long millis) {
    WarmUp warmUp = new WarmUp(millis);
    warmUp.tiles();
    warmUp.gathering();
    warmUp.transforms();
    warmUp.elements();
  }

  private void until(Runnable piece) {
    int fast = 0;
    for (int i = 0; fast < FAST_CALLS; i++) {
      long start = System.nanoTime();
      if (start > end) {
        return;
      }
      piece.run();
      fast = System.nanoTime() - start < COMPILED_NANOS ? fast + 1 : 0;
      if (i > ENOUGH_CALLS && fast == 0) {
        try {
          Thread.sleep(1);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void tiles() {
    int width = arithmetic.panelWidth();
    PackedMatrix b = PackedMatrix.of(x, 0, DEPTH, width, null);
    for (int rows : new int[] {arithmetic.tileRows(), 4, 6, 3}) {
      Block block = scratch.block();
      block.a = x;
      block.rows = rows;
      block.depth = DEPTH;
      block.b = b;
      block.endPanel = 1;
      block.bias = b.bias();
      block.init = b.zeros();
      block.c = y;
      block.cStride = width;
      until(() -> arithmetic.multiply(block, scratch));
    }
  }

  private void gathering() {
    PatchRows rows = new PatchRows(ConvolutionShape.of(9, 9, 3, 1, 7, 2, 3)).set(x, 0);
    until(() -> rows.gather(0, 5, 0, 147, y, 0, 147));
    MatrixRows matrix = new MatrixRows().set(x, 0, 64);
    until(() -> matrix.gather(0, 5, 0, 64, y, 0, 64));
  }

  private void transforms() {
    int channels = Math.min(32, arithmetic.panelWidth());
    for (int outputs : new int[] {4, 2}) {
      WinogradTransform t = arithmetic.transform(outputs);
      int side = (outputs + 2) * channels;
      until(() -> t.input(x, 0, side, channels, channels, y, 0, channels, scratch));
      until(() -> t.output(x, 0, channels, channels, y, 0, channels, scratch));
    }
  }

  private void elements() {
    ElementKernels e = arithmetic.elements();
    until(() -> e.addFloor(x, 0, x, 0, 0, y, 0, 64));
    until(() -> e.addFloor(x, 0, x, 0, x, 0, 0, y, 0, 64));
    until(() -> e.max(x, 0, x, 0, y, 0, 64));
    until(() -> e.subtract(x, 0, x, 0, y, 0, 64));
    until(() -> e.exp(x, 0, 0, 1, y, 0, 64));
    until(() -> e.tanh(x, 0, y, 0, 64));
    until(() -> e.dot(x, 0, x, 0, 64, y));
  }
}
