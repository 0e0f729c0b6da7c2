package org.aand.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.aand.backend.Backend;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.detect.AnomalyMap;
import org.aand.network.ParameterSpec;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.nn.NetGraph;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.Program;
import org.aand.nn.Sum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
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

/** Each part of a frozen network alone, and the matrix product that gives the machine's speed. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx384m")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class PartBenchmark {
  private static final int PRODUCT = 2048;
  private static final long COPIED = 1L << 26;

  /** One part of the network. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields
  public static class Network {
    /** Which part. */
    @Param({"teacher", "raa", "student"})
    String part;

    /** Images a call. */
    @Param({"1", "8"})
    int batch;

    /** The teacher. */
    @Param(Networks.TEACHER)
    String backbone;

    private Parameters parameters;
    private NetGraph net;
    private Program program;
    private final Map<String, INDArray> feeds = new HashMap<>();

    /** Builds the part. */
    @Setup(Level.Trial)
    public void open() {
      Backend.prepare();
      var network = Backbone.named(backbone);
      var teacher = AmplifiedTeacher.of(network);
      var student = Student.of(network);
      parameters =
          Parameters.initialise(table(teacher, student), DataType.FLOAT, new RandomStreams(2));
      net = NetGraph.takingOver(parameters, DataType.FLOAT);
      program = net.program(build(teacher, student));
    }

    private List<ParameterSpec> table(AmplifiedTeacher teacher, Student student) {
      return switch (part) {
        case "teacher" -> teacher.backbone().parameters();
        case "raa" -> teacher.moduleParameters();
        case "student" -> student.parameters();
        default -> throw new IllegalArgumentException(part);
      };
    }

    private List<SDVariable> build(AmplifiedTeacher teacher, Student student) {
      if (part.equals("teacher")) {
        return teacher.backbone().build(net, feed("images", Networks.SIZE, 3));
      }
      var features = new ArrayList<SDVariable>();
      for (int i = 0; i < Backbone.LEVELS; i++) {
        features.add(
            feed("level_" + i, Networks.SIZE >> (2 + i), teacher.backbone().channels().get(i)));
      }
      if (part.equals("student")) {
        return student.build(net, features);
      }
      var amplified = new ArrayList<SDVariable>();
      for (int i = 0; i < Backbone.LEVELS; i++) {
        var module = teacher.modules().get(i);
        var x = features.get(i);
        amplified.add(Sum.of(x, module.residual(net, x, module.gate(net, x))));
      }
      return amplified;
    }

    private SDVariable feed(String name, int size, int channels) {
      feeds.put(name, Nd4j.rand(DataType.FLOAT, batch, size, size, channels));
      return net.input(name);
    }

    /** Closes the part. */
    @TearDown(Level.Trial)
    public void close() {
      program.close();
      net.close();
      parameters.close();
      feeds.values().forEach(INDArray::close);
    }
  }

  /** Three levels' discrepancies. */
  @State(Scope.Benchmark)
  public static class Levels {
    private final AnomalyMap map =
        new AnomalyMap(
            ImageSize.square(Networks.SIZE),
            List.of(ImageSize.square(64), ImageSize.square(32), ImageSize.square(16)),
            AnomalyMap.SIGMA);
    private final List<double[]> levels =
        List.of(new double[64 * 64], new double[32 * 32], new double[16 * 16]);
  }

  /** Two square matrices. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields
  public static class Matrices {
    private INDArray a;
    private INDArray b;
    private INDArray c;

    /** Draws them. */
    @Setup(Level.Trial)
    public void open() {
      Backend.prepare();
      a = Nd4j.rand(DataType.FLOAT, PRODUCT, PRODUCT);
      b = Nd4j.rand(DataType.FLOAT, PRODUCT, PRODUCT);
      c = Nd4j.create(DataType.FLOAT, PRODUCT, PRODUCT);
    }
  }

  /** Two vectors far larger than any cache. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields
  public static class Vectors {
    private INDArray from;
    private INDArray to;

    /** Fills them. */
    @Setup(Level.Trial)
    public void open() {
      Backend.prepare();
      from = Nd4j.ones(DataType.FLOAT, COPIED);
      to = Nd4j.zeros(DataType.FLOAT, COPIED);
    }
  }

  /** A part of the network. */
  @Benchmark
  public Outputs network(Network network) {
    return network.program.run(network.feeds);
  }

  /** From the levels' discrepancies to the anomaly map of one image. */
  @Benchmark
  public float[] anomalyMap(Levels levels) {
    return levels.map.of(levels.levels);
  }

  /** A float32 product of two matrices of 2048x2048: 17.18 GFLOP. */
  @Benchmark
  public INDArray sgemm2048(Matrices matrices) {
    var product =
        DynamicCustomOp.builder("matmul")
            .addInputs(matrices.a, matrices.b)
            .addOutputs(matrices.c)
            .build();
    Nd4j.getExecutioner().exec(product);
    return matrices.c;
  }

  /** A copy of 2^26 float32 values: 268 MB read, 268 MB written. */
  @Benchmark
  public INDArray copy268MB(Vectors vectors) {
    return vectors.to.assign(vectors.from);
  }
}
