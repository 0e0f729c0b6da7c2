package org.aand.benchmarks;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.aand.backend.Backend;
import org.aand.runtime.kernel.Activation;
import org.aand.runtime.kernel.ArrayRows;
import org.aand.runtime.kernel.Convolution;
import org.aand.runtime.kernel.ConvolutionKernel;
import org.aand.runtime.kernel.ConvolutionKernel.Method;
import org.aand.runtime.kernel.ConvolutionShape;
import org.aand.runtime.kernel.ItemBank;
import org.aand.runtime.kernel.NearestItems;
import org.aand.runtime.kernel.PackedMatrix;
import org.aand.runtime.kernel.Product;
import org.aand.runtime.kernel.TransposedConvolution;
import org.aand.runtime.kernel.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engine's kernels one by one, each beside OpenBLAS' sgemm of ND4J in the same run. {@code
 * :gflop} counts what the plain algorithm would compute, two operations a multiplication with its
 * addition, in 10^9; its rate is GFLOP/s. sgemm's threads are set by OMP_NUM_THREADS.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx512m", "--add-modules=jdk.incubator.vector"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  /** Computes one kernel over and over on the same random values. */
  public abstract static class Kernel {
    private final Random random = new Random(1);
    private Runnable body = () -> {};
    private Runnable closing = () -> {};
    private float[] result = {};

    /** Lays the kernel out. */
    @Setup(Level.Trial)
    public void open() {
      prepare();
    }

    abstract void prepare();

    /** Ends the engine's threads or frees the matrices. */
    @TearDown(Level.Trial)
    public void close() {
      closing.run();
    }

    /** 10^9 operations of one computation, by the direct count. */
    abstract double gflop();

    void run() {
      body.run();
    }

    /** The values that the engine computed. */
    float[] result() {
      return result;
    }

    float[] random(int count) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = random.nextFloat() - 0.5f;
      }
      return values;
    }

    /** What runs on the engine's threads, into an array. */
    interface Work {
      void run(Workers workers, float[] to);
    }

    void engine(int results, Work work) {
      var workers = new Workers(InferenceEngine.THREADS);
      float[] to = new float[results];
      result = to;
      body = () -> work.run(workers, to);
      closing = workers::close;
    }

    void sgemm(int rows, int depth, int columns) {
      Backend.prepare();
      var a = Nd4j.createFromArray(random(rows * depth)).reshape(rows, depth);
      var b = Nd4j.createFromArray(random(depth * columns)).reshape(depth, columns);
      var c = Nd4j.create(new float[rows * columns]).reshape(rows, columns);
      body =
          () ->
              Nd4j.getExecutioner()
                  .exec(DynamicCustomOp.builder("matmul").addInputs(a, b).addOutputs(c).build());
      closing =
          () -> {
            result = c.data().asFloat();
            for (INDArray array : new INDArray[] {a, b, c}) {
              array.close();
            }
          };
    }

    static int[] extents(String shape) {
      return Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    }
  }

  /** A product of two matrices. */
  @State(Scope.Benchmark)
  public static class Matrices extends Kernel {
    /** packed: the engine, the right matrix laid out before; sgemm: OpenBLAS of ND4J. */
    @Param({"sgemm", "packed"})
    String kernel = "";

    /** M x K x N of {@code [M, K] [K, N]}. */
    @Param({"2052x2048x2048", "1032x1024x1024", "4104x512x512", "264x4608x512", "72x1024x1024"})
    String shape = "";

    @Override
    void prepare() {
      int[] s = extents(shape);
      int rows = s[0];
      int depth = s[1];
      int columns = s[2];
      if (kernel.equals("sgemm")) {
        sgemm(rows, depth, columns);
        return;
      }
      var left = ArrayRows.of(random(rows * depth), 0, depth);
      var packed = PackedMatrix.of(random(depth * columns), 0, depth, columns, null);
      var product = new Product(packed, Activation.NONE);
      engine(
          rows * columns,
          (workers, to) -> product.run(workers, left, rows, ArrayRows.of(to, 0, columns)));
    }

    @Override
    double gflop() {
      int[] s = extents(shape);
      return 2e-9 * s[0] * s[1] * s[2];
    }
  }

  /** A method of convolution with the stride that it is measured at. */
  public enum Way {
    /** One product over patches gathered when needed. */
    DIRECT(Method.DIRECT, 1),
    /** Winograd F(2x2, 3x3). */
    WINOGRAD_2(Method.WINOGRAD_2, 1),
    /** Winograd F(4x4, 3x3). */
    WINOGRAD_4(Method.WINOGRAD_4, 1),
    /** Winograd F(2x2, 3x3), the kernel transformed while it is used. */
    WINOGRAD_2_BY_PANEL(Method.WINOGRAD_2_BY_PANEL, 1),
    /** Winograd F(4x4, 3x3), the kernel transformed while it is used. */
    WINOGRAD_4_BY_PANEL(Method.WINOGRAD_4_BY_PANEL, 1),
    /** As DIRECT, with stride 2. */
    DIRECT_STRIDED(Method.DIRECT, 2),
    /** Winograd F(2x2, 3x3) with stride 2. */
    WINOGRAD_STRIDED(Method.WINOGRAD_STRIDED, 2);

    private final Method method;
    private final int stride;

    Way(Method method, int stride) {
      this.method = method;
      this.stride = stride;
    }
  }

  /** A 3x3 convolution of one image, as many channels out as in. */
  @State(Scope.Benchmark)
  public static class Maps extends Kernel {
    /** How it is computed. */
    @Param Way kernel = Way.DIRECT;

    /** H x W x C of the map. */
    @Param({"64x64x128", "32x32x256", "16x16x512"})
    String shape = "";

    @Override
    void prepare() {
      var s = convolution();
      var convolution =
          new Convolution(
              ConvolutionKernel.of(s, kernel.method, random(s.depth() * s.outChannels()), null),
              Activation.NONE);
      int channels = s.inChannels();
      var map = ArrayRows.of(random(s.height() * s.width() * channels), 0, channels);
      engine(
          s.outHeight() * s.outWidth() * s.outChannels(),
          (workers, to) -> convolution.run(workers, 1, map, ArrayRows.of(to, 0, s.outChannels())));
    }

    private ConvolutionShape convolution() {
      int[] s = extents(shape);
      return ConvolutionShape.of(s[0], s[1], s[2], s[2], 3, kernel.stride, 1);
    }

    @Override
    double gflop() {
      return convolution().operations() / 1e9;
    }
  }

  /** A transposed convolution of one image, 2x2 with stride 2, half as many channels out as in. */
  @State(Scope.Benchmark)
  public static class SmallMaps extends Kernel {
    /** H x W x C of the map. */
    @Param({"8x8x2048", "16x16x1024", "32x32x512"})
    String shape = "";

    @Override
    void prepare() {
      int[] s = extents(shape);
      int in = s[2];
      int out = in / 2;
      var packed = TransposedConvolution.pack(random(4 * in * out), in, out, null);
      var convolution = new TransposedConvolution(s[0], s[1], packed, Activation.NONE);
      var map = ArrayRows.of(random(s[0] * s[1] * in), 0, in);
      engine(
          4 * s[0] * s[1] * out,
          (workers, to) -> convolution.run(workers, 1, map, ArrayRows.of(to, 0, out)));
    }

    @Override
    double gflop() {
      int[] s = extents(shape);
      return 4e-9 * s[0] * s[1] * s[2] * s[2];
    }
  }

  /** The nearest of a memory bank for the patches of one image of 256x256. */
  @State(Scope.Benchmark)
  public static class Bank extends Kernel {
    private static final int LOCATIONS = 32 * 32;

    /**
     * M x C of the bank: 1 % and 10 % of the patches of 209 images, ResNet-18 and WideResNet-50.
     */
    @Param({"2140x384", "21401x384", "2140x1536"})
    String shape = "";

    @Override
    void prepare() {
      int[] s = extents(shape);
      var search = new NearestItems(ItemBank.of(random(s[0] * s[1]), s[1]), 1);
      float[] map = random(LOCATIONS * s[1]);
      engine(
          LOCATIONS,
          (workers, to) -> {
            search.run(workers, map, 0, LOCATIONS);
            search.distances(workers, map, 0, LOCATIONS, to);
          });
    }

    @Override
    double gflop() {
      int[] s = extents(shape);
      return 2e-9 * LOCATIONS * s[0] * s[1];
    }
  }

  /** What was computed, by the direct count. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Arithmetic {
    /** 10^9 operations. */
    public double gflop;

    /** JMH reads the field after each iteration. */
    @Setup(Level.Iteration)
    public void reset() {
      gflop = 0;
    }

    void run(Kernel kernel) {
      kernel.run();
      gflop += kernel.gflop();
    }
  }

  /** A matrix product. */
  @Benchmark
  public void product(Matrices matrices, Arithmetic arithmetic) {
    arithmetic.run(matrices);
  }

  /** A 3x3 convolution. */
  @Benchmark
  public void convolution(Maps maps, Arithmetic arithmetic) {
    arithmetic.run(maps);
  }

  /** PatchCore's search. */
  @Benchmark
  public void search(Bank bank, Arithmetic arithmetic) {
    arithmetic.run(bank);
  }

  /** A transposed convolution. */
  @Benchmark
  public void transposed(SmallMaps maps, Arithmetic arithmetic) {
    arithmetic.run(maps);
  }
}
