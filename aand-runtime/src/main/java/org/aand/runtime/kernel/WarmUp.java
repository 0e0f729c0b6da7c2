package org.aand.runtime.kernel;

import java.util.Random;
import org.aand.runtime.kernel.ConvolutionKernel.Method;

/**
 * Brings the inner loops to their compiled form before the first image. Uncompiled vector code is
 * hundreds of times slower, and many small calls get it compiled sooner than the first large one.
 */
public final class WarmUp {
  private static final int SIDE = 9;
  private static final int IN = 24;
  private static final int OUT = 80;

  private final Workers workers;
  private final float[] x;
  private final float[] y = new float[4 * SIDE * SIDE * OUT];

  private WarmUp(Workers workers) {
    this.workers = workers;
    Random random = new Random(1);
    x = values(random, SIDE * SIDE * OUT);
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /**
   * Runs every kernel on small maps for a while; a model may be read meanwhile on another thread.
   *
   * @param millis how long
   */
  public static void run(Workers workers, long millis) {
    WarmUp warmUp = new WarmUp(workers);
    Convolution[] convolutions = warmUp.convolutions();
    MatrixRows rows = new MatrixRows().set(warmUp.x, 0, IN);
    Product product = new Product(PackedMatrix.of(warmUp.x, 0, IN, OUT, null), Activation.TANH);
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      for (Convolution c : convolutions) {
        c.run(workers, 1, warmUp.x, 0, warmUp.y, 0, OUT, warmUp.x, 0, OUT);
        c.run(workers, 1, warmUp.x, 0, warmUp.y, 0);
      }
      // All remainders of rows, so all tiles and edges.
      for (int m = 1; m <= 9; m++) {
        product.run(workers, rows, m, warmUp.y, 0, OUT);
      }
    }
  }

  private Convolution[] convolutions() {
    Random random = new Random(2);
    Convolution[] convolutions = new Convolution[Method.values().length];
    ConvolutionShape shape = ConvolutionShape.of(SIDE, SIDE, IN, OUT, 3, 1, 1);
    float[] kernel = values(random, shape.depth() * OUT);
    int i = 0;
    for (Method method : Method.values()) {
      ConvolutionKernel packed = ConvolutionKernel.of(shape, method, kernel, null);
      convolutions[i++] = new Convolution(packed, Activation.RELU);
    }
    return convolutions;
  }
}
