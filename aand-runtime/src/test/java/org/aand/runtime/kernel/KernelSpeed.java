package org.aand.runtime.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Random;
import org.aand.runtime.kernel.ConvolutionKernel.Method;

/**
 * Prints the speed of the kernels in GFLOP/s of the plain count, best of many short repetitions.
 *
 * <p>Arguments: threads; what ({@code product}, {@code conv}, {@code winograd}, {@code choice},
 * {@code transposed}, {@code element}, {@code all}); milliseconds for each line.
 */
public final class KernelSpeed {
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
  private final Random random = new Random(1);
  private final Workers workers;
  private long nanos;
  private boolean warming;

  private KernelSpeed(int threads, long millis) {
    workers = new Workers(threads);
    nanos = millis * 1_000_000;
  }

  /** Measures. */
  public static void main(String[] args) {
    int threads = args.length > 0 ? Integer.parseInt(args[0]) : 1;
    String what = args.length > 1 ? args[1] : "all";
    KernelSpeed speed = new KernelSpeed(threads, args.length > 2 ? Long.parseLong(args[2]) : 700);
    System.out.printf(
        Locale.ROOT,
        "JDK %s, %s, %d thread(s)%n",
        Runtime.version(),
        Provider.description(),
        threads);
    // Every shape first, so that none is timed while the others' code is still to be compiled.
    speed.warming = true;
    speed.nanos = Math.min(300_000_000, speed.nanos);
    speed.run(what);
    speed.warming = false;
    speed.nanos = (args.length > 2 ? Long.parseLong(args[2]) : 700) * 1_000_000;
    speed.run(what);
    speed.workers.close();
  }

  private void run(String what) {
    boolean all = what.equals("all");
    if (all || what.equals("product")) {
      products();
    }
    if (all || what.equals("conv")) {
      convolutions();
    }
    if (all || what.equals("winograd")) {
      winograd();
    }
    if (what.equals("choice")) {
      choice();
    }
    if (all || what.equals("transposed")) {
      transposed();
    }
    if (all || what.equals("element")) {
      elements();
    }
  }

  private double best(Runnable body) {
    double best = Double.MAX_VALUE;
    long end = System.nanoTime() + nanos;
    do {
      long start = now();
      body.run();
      best = Math.min(best, (double) (now() - start));
    } while (System.nanoTime() < end);
    return best;
  }

  // One thread is timed by its own clock, so other programs on the machine matter less.
  private long now() {
    return workers.threads() == 1 ? CLOCK.getCurrentThreadCpuTime() : System.nanoTime();
  }

  private void print(String name, double operations, Runnable body) {
    double time = best(body);
    if (warming) {
      return;
    }
    System.out.printf(
        Locale.ROOT, "%-44s %8.3f ms %7.1f GFLOP/s%n", name, time / 1e6, operations / time);
  }

  private void products() {
    int[][] shapes = {
      {72, 1024, 1024},
      {4104, 512, 512},
      {264, 4608, 512},
      {1032, 1024, 1024},
      {2052, 2048, 2048},
      {4096, 128, 256},
      {1024, 128, 128}
    };
    for (int[] s : shapes) {
      float[] a = Reference.random(random, s[0] * s[1]);
      float[] c = new float[s[0] * s[2]];
      PackedMatrix b =
          PackedMatrix.of(Reference.random(random, s[1] * s[2]), 0, s[1], s[2], new float[s[2]]);
      Product product = new Product(b, Activation.RELU);
      ArrayRows rows = ArrayRows.of(a, 0, s[1]);
      ArrayRows to = ArrayRows.of(c, 0, s[2]);
      print(
          "product [" + s[0] + ", " + s[1] + ", " + s[2] + "]",
          2.0 * s[0] * s[1] * s[2],
          () -> product.run(workers, rows, s[0], to));
    }
  }

  private void convolution(ConvolutionShape s, Method method) {
    float[] x = Reference.random(random, s.height() * s.width() * s.inChannels());
    float[] y = new float[s.outHeight() * s.outWidth() * s.outChannels()];
    float[] kernel = Reference.random(random, s.depth() * s.outChannels());
    Convolution c =
        new Convolution(
            ConvolutionKernel.of(s, method, kernel, new float[s.outChannels()]), Activation.RELU);
    String name =
        (s.kernelHeight() + "x" + s.kernelWidth() + "/" + s.stride())
            + (" [" + s.height() + ", " + s.width() + ", " + s.inChannels() + "]")
            + (" -> " + s.outChannels() + " " + method);
    print(
        name,
        s.operations(),
        () ->
            c.run(
                workers,
                1,
                ArrayRows.of(x, 0, s.inChannels()),
                ArrayRows.of(y, 0, s.outChannels())));
  }

  private void convolutions() {
    int[][] shapes = {
      {256, 3, 64, 7, 2, 3},
      {64, 64, 128, 1, 1, 0},
      {64, 256, 128, 1, 1, 0},
      {64, 256, 512, 1, 2, 0},
      {32, 512, 256, 1, 1, 0},
      {16, 1024, 512, 1, 1, 0},
      {64, 256, 256, 3, 2, 1},
      {32, 512, 512, 3, 2, 1},
      {16, 512, 512, 3, 2, 1},
      {16, 1024, 1024, 3, 2, 1}
    };
    for (int[] s : shapes) {
      convolution(ConvolutionShape.of(s[0], s[0], s[1], s[2], s[3], s[4], s[5]), Method.DIRECT);
    }
  }

  private void winograd() {
    int[][] shapes = {
      {64, 64}, {64, 128}, {32, 128}, {32, 256}, {16, 256}, {16, 512}, {8, 512}, {8, 1024}
    };
    for (int[] s : shapes) {
      byAllMethods(s[0], s[1]);
    }
  }

  private void choice() {
    int[][] shapes = {
      {2, 512}, {3, 512}, {4, 512}, {6, 512}, {9, 512}, {13, 512}, {14, 512}, {12, 256}, {64, 8},
      {64, 16}, {64, 32}
    };
    for (int[] s : shapes) {
      byAllMethods(s[0], s[1]);
    }
  }

  private void byAllMethods(int side, int channels) {
    for (Method method : Method.values()) {
      for (int stride = 1; stride <= 2; stride++) {
        ConvolutionShape shape = ConvolutionShape.of(side, side, channels, channels, 3, stride, 1);
        if (method.fits(shape)) {
          convolution(shape, method);
        }
      }
    }
  }

  private void transposed() {
    int[][] shapes = {{8, 2048, 1024}, {16, 1024, 512}, {32, 512, 256}};
    for (int[] s : shapes) {
      int side = s[0];
      float[] x = Reference.random(random, side * side * s[1]);
      float[] y = new float[4 * side * side * s[2]];
      float[] kernel = Reference.random(random, 4 * s[1] * s[2]);
      TransposedConvolution t =
          new TransposedConvolution(
              side,
              side,
              TransposedConvolution.pack(kernel, s[1], s[2], new float[s[2]]),
              Activation.RELU);
      print(
          "transposed [" + side + ", " + side + ", " + s[1] + "] -> " + s[2],
          8.0 * side * side * s[1] * s[2],
          () -> t.run(workers, 1, ArrayRows.of(x, 0, s[1]), ArrayRows.of(y, 0, s[2])));
    }
  }

  private void elements() {
    float[] x = Reference.random(random, 1 << 20);
    float[] y = Reference.random(random, 1 << 20);
    float[] to = new float[1 << 20];
    Scratch scratch = new Scratch();
    int n = 1 << 16;
    print("add, 64 Ki", n, () -> Elements.add(x, 0, y, 0, to, 0, n));
    print("relu, 64 Ki", n, () -> Elements.relu(x, 0, to, 0, n));
    print("tanh, 64 Ki", n, () -> Elements.tanh(x, 0, to, 0, n));
    print("sigmoid, 64 Ki", n, () -> Elements.sigmoid(x, 0, to, 0, n));
    print(
        "cosine distance, 64 x 1024",
        n,
        () -> Elements.cosineDistance(x, 0, y, 0, 64, 1024, to, 0, scratch));
    print(
        "softmax, 1024 x 64",
        n,
        () -> Elements.softmaxShares(y, 0, 1024, 64, 32, 1, to, 0, scratch));
    MaxPool pool = new MaxPool(128, 128, 64, 3, 2, 1);
    print("max-pool [128, 128, 64]", 1 << 20, () -> pool.run(workers, 1, x, 0, to, 0));
  }
}
