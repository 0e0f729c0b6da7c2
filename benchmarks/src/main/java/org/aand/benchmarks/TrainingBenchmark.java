package org.aand.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.aand.backend.Backend;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.nn.NetGraph;
import org.aand.nn.Observer;
import org.aand.nn.Parameters;
import org.aand.nn.Program;
import org.aand.train.Adam;
import org.aand.train.LevelMasks;
import org.aand.train.LevelSample;
import org.aand.train.Stage1Graph;
import org.aand.train.Stage2Graph;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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

/**
 * One step of training: forward, losses, backward, running statistics, Adam. Stage 1 begins with
 * synthetic images in memory and includes the frozen teacher; stage 2 begins with features in
 * memory, as the training reads them from its file.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainingBenchmark {
  private static final double LEARNING_RATE = 0.005;

  /** The RAA modules in training. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields
  public static class Modules {
    /** Images a step. */
    @Param("16")
    int batch;

    /** The teacher. */
    @Param(Networks.TEACHER)
    String backbone;

    private Parameters frozen;
    private NetGraph net;
    private List<SDVariable> features;
    private Program teacher;
    private Parameters parameters;
    private Stage1Graph graph;
    private Adam adam;
    private INDArray images;
    private final List<LevelSample> samples = new ArrayList<>();

    /** Builds teacher and modules, draws images and masks. */
    @Setup(Level.Trial)
    public void open() {
      Backend.prepare();
      var streams = new RandomStreams(2);
      var network = Backbone.named(backbone);
      var amplified = AmplifiedTeacher.of(network);
      frozen = Parameters.initialise(network.parameters(), DataType.FLOAT, streams);
      net = NetGraph.takingOver(frozen, DataType.FLOAT);
      features = network.build(net, net.input("images"));
      teacher = net.program(features);
      parameters = Parameters.initialise(amplified.moduleParameters(), DataType.FLOAT, streams);
      var options = new Stage1Graph.Options();
      graph = new Stage1Graph(amplified.modules(), parameters, options, DataType.FLOAT);
      adam = new Adam(new Adam.Options());
      images = Nd4j.rand(DataType.FLOAT, batch, Networks.SIZE, Networks.SIZE, 3);
      var masks = masks();
      var whole = ImageSize.square(Networks.SIZE);
      for (int level = 0; level < Backbone.LEVELS; level++) {
        int size = Networks.SIZE >> (2 + level);
        samples.add(
            LevelSample.draw(
                LevelMasks.of(masks, whole, ImageSize.square(size)),
                LevelMasks.of(full(), whole, ImageSize.square(size)),
                options.maxNormal(),
                options.maxAnomalous(),
                streams.stream("locations", level)));
      }
    }

    /** Every second image has a square defect of a tenth of its area. */
    private List<byte[]> masks() {
      var masks = new ArrayList<byte[]>();
      for (int i = 0; i < batch; i++) {
        byte[] mask = new byte[Networks.SIZE * Networks.SIZE];
        for (int y = 60; i % 2 == 0 && y < 140; y++) {
          Arrays.fill(mask, y * Networks.SIZE + 60, y * Networks.SIZE + 140, (byte) 1);
        }
        masks.add(mask);
      }
      return masks;
    }

    private List<byte[]> full() {
      var masks = new ArrayList<byte[]>();
      for (int i = 0; i < batch; i++) {
        byte[] mask = new byte[Networks.SIZE * Networks.SIZE];
        Arrays.fill(mask, (byte) 1);
        masks.add(mask);
      }
      return masks;
    }

    void observe(Observer observer) {
      teacher.observe(observer);
      graph.observe(observer);
    }

    double step() {
      var frozenFeatures = teacher.run(Map.of("images", images));
      var outputs = graph.compute(features.stream().map(frozenFeatures::get).toList(), samples);
      double loss = graph.losses(outputs).total();
      graph.update(outputs, adam, LEARNING_RATE);
      return loss;
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() {
      adam.close();
      graph.close();
      parameters.close();
      teacher.close();
      net.close();
      frozen.close();
      images.close();
    }
  }

  /** Bottleneck and decoder in training. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH sets the fields
  public static class Reconstruction {
    /** Images a step. */
    @Param("16")
    int batch;

    /** The teacher. */
    @Param(Networks.TEACHER)
    String backbone;

    private Parameters parameters;
    private Stage2Graph graph;
    private Adam adam;
    private final List<INDArray> features = new ArrayList<>();

    /** Builds the student, draws features. */
    @Setup(Level.Trial)
    public void open() {
      Backend.prepare();
      var network = Backbone.named(backbone);
      var student = Student.of(network);
      parameters =
          Parameters.initialise(student.parameters(), DataType.FLOAT, new RandomStreams(2));
      graph = new Stage2Graph(student, parameters, new Stage2Graph.Options(), DataType.FLOAT);
      adam = new Adam(new Adam.Options());
      for (int level = 0; level < Backbone.LEVELS; level++) {
        int size = Networks.SIZE >> (2 + level);
        features.add(Nd4j.rand(DataType.FLOAT, batch, size, size, network.channels().get(level)));
      }
    }

    void observe(Observer observer) {
      graph.observe(observer);
    }

    double step() {
      var outputs = graph.compute(features);
      double loss = graph.losses(outputs).total();
      graph.update(outputs, adam, LEARNING_RATE);
      return loss;
    }

    /** Closes everything. */
    @TearDown(Level.Trial)
    public void close() {
      adam.close();
      graph.close();
      parameters.close();
      features.forEach(INDArray::close);
    }
  }

  /** Stage 1, the teacher included. */
  @Benchmark
  public double stage1Step(Modules modules) {
    return modules.step();
  }

  /** Stage 2, from features in memory. */
  @Benchmark
  public double stage2Step(Reconstruction reconstruction) {
    return reconstruction.step();
  }
}
