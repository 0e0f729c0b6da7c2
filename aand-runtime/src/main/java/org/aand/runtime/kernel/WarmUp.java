package org.aand.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Brings the inner loops to their compiled form before the first image. Vector code that is not
 * compiled yet is hundreds of times slower, and many small calls get it compiled sooner than the
 * first large one, whose threads also keep the compiler's from running.
 *
 * <p>The loops take turns, so that none waits for the compiler while another could be asked for.
 */
public final class WarmUp {
  /**
   * Says that this JVM compiles the inner loops after very few calls; a program that runs networks
   * begins to warm up at once in it.
   */
  public static final String PROPERTY = "aand.eager";

  private static final boolean EAGER = Boolean.getBoolean(PROPERTY);
  private static final int DEPTH = 24;
  // As few as every loop has: what is not compiled yet gets the JVM's own vector methods compiled.
  private static final int COUNT = Provider.arithmetic().panelWidth();
  // As long as it is interpreted, a few steps that show the compiler a loop; more would have it
  // compiled for the middle of the loop as well.
  private static final int LEAST_DEPTH = 3;
  private static final int INTERPRETED_CALLS = EAGER ? 30 : 250;
  private static final int TURN = EAGER ? 5 : 50;
  private static final long COMPILED_NANOS = 1_500;
  private static final int FAST_CALLS = 20;
  // After so many calls the compiler has been asked for its best code.
  private static final int ENOUGH_CALLS = EAGER ? 30 : 6_000;

  // Seldom, as each turn is slow, and has the JVM's own vector methods compiled meanwhile.
  private static final int WAIT_MILLIS = 5;

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final Scratch scratch = new Scratch();
  private final float[] x = new float[1 << 16];
  private final float[] y = new float[1 << 16];
  private final List<Loop> loops = new ArrayList<>();
  private final LongSupplier nanoTime;
  private final long begun;
  private final long longest;

  private WarmUp(long millis, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    begun = nanoTime.getAsLong();
    longest = millis * 1_000_000;
  }

  /**
   * Runs every inner loop on a few values until it is compiled. On the calling thread, so that a
   * model can be read meanwhile on another.
   *
   * @param millis the time after which it stops in any case
   */
  public static void run(long millis) {
    run(millis, System::nanoTime);
  }

  /**
   * @param nanoTime such as {@link System#nanoTime}; tells when the time is over
   */
  static void run(long millis, LongSupplier nanoTime) {
    var warmUp = new WarmUp(millis, nanoTime);
    warmUp.tile(warmUp.arithmetic.tileRows());
    warmUp.transforms();
    warmUp.elements();
    warmUp.gathering();
    warmUp.untilCompiled();
  }

  /** An inner loop on a few values. */
  @FunctionalInterface
  private interface Body {
    /**
     * Runs it.
     *
     * @param calls how often it has been run before
     */
    void run(int calls);
  }

  private final class Loop {
    private final Body body;
    private int calls;
    private int fast;

    Loop(Body body) {
      this.body = body;
    }

    boolean isCompiled() {
      return fast >= FAST_CALLS;
    }

    boolean waits() {
      return calls >= ENOUGH_CALLS && fast == 0;
    }

    void turn() {
      int last = calls + (waits() ? 1 : TURN);
      while (calls < last && !isCompiled()) {
        if (isOver()) {
          return;
        }
        long start = System.nanoTime();
        body.run(calls++);
        fast = System.nanoTime() - start < COMPILED_NANOS ? fast + 1 : 0;
      }
    }
  }

  private boolean isOver() {
    return nanoTime.getAsLong() - begun >= longest;
  }

  private void untilCompiled() {
    while (!loops.isEmpty() && !isOver()) {
      loops.forEach(Loop::turn);
      loops.removeIf(Loop::isCompiled);
      if (loops.stream().allMatch(Loop::waits)) {
        try {
          Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void add(Runnable body) {
    loops.add(new Loop(calls -> body.run()));
  }

  private void tile(int rows) {
    int width = arithmetic.panelWidth();
    PackedMatrix b = PackedMatrix.of(x, 0, DEPTH, width, null);
    Block block = new Block();
    block.a = new float[(rows + Arithmetic.BEYOND) * Arithmetic.ROW];
    block.rows = rows;
    block.b = b.panels();
    block.bRows = DEPTH;
    block.bColumns = width;
    block.endPanel = 1;
    block.bias = b.bias();
    block.beginWith(b.zeros());
    block.resultsTo(y, 0, width);
    loops.add(
        new Loop(
            calls -> {
              block.depth = calls < INTERPRETED_CALLS ? LEAST_DEPTH : DEPTH;
              arithmetic.multiply(block, scratch);
            }));
  }

  private void gathering() {
    PatchRows rows =
        new PatchRows(ConvolutionShape.of(9, 9, 3, 1, 7, 2, 3)).set(ArrayRows.of(x, 0, 3));
    add(() -> rows.gather(0, 5, 0, 147, y, 0, 147));
    ArrayRows matrix = ArrayRows.of(x, 0, 64);
    add(() -> matrix.gather(0, 5, 0, 64, y, 0, 64));
  }

  private void transforms() {
    int channels = Math.min(32, arithmetic.panelWidth());
    for (int outputs : new int[] {4, 2}) {
      WinogradTransform t = arithmetic.transform(outputs);
      int side = (outputs + 2) * channels;
      add(() -> t.input(x, 0, side, channels, channels, y, 0, channels, scratch));
      add(() -> t.output(x, 0, channels, channels, y, 0, channels, scratch));
    }
    if (ConvolutionKernel.isTransformedByPanel()) {
      kernelSums(WinogradScheme.TWO.packedKernelTransform());
      kernelSums(WinogradScheme.STRIDED.packedKernelTransform());
      kernelSums(WinogradScheme.FOUR.packedKernelTransform());
    }
  }

  private void kernelSums(KernelTransform transform) {
    float[][] kernel = arithmetic.panels(3 * 3, COUNT);
    float[][] sums = arithmetic.panels(transform.slots(), COUNT);
    add(() -> arithmetic.kernelSums(transform, kernel, 0, 1, 1, sums, 1));
  }

  private void elements() {
    ElementKernels e = arithmetic.elements();
    float[] lanes = new float[Elements.LANES];
    add(() -> e.addFloor(x, 0, x, 0, 0, y, 0, COUNT));
    add(() -> e.addFloor(x, 0, x, 0, x, 0, 0, y, 0, COUNT));
    add(() -> e.add(x, 0, x, 0, y, 0, COUNT));
    add(() -> e.max(x, 0, x, 0, y, 0, COUNT));
    add(() -> e.subtract(x, 0, x, 0, y, 0, COUNT));
    add(() -> e.dot(x, 0, x, 0, COUNT, y));
    add(() -> e.tanh(x, 0, y, 0, COUNT));
    add(() -> e.multiply(x, 0, x, 0, y, 0, COUNT));
    add(() -> e.scale(x, 0, 1, y, 0, COUNT));
    add(() -> e.exp(x, 0, 0, 1, y, 0, COUNT, lanes));
  }
}
