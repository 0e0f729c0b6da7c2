package org.aand.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aand.backend.Backend;
import org.aand.detect.AnomalyMap;
import org.aand.detect.Detector;
import org.aand.detect.Model;
import org.aand.io.random.RandomStreams;
import org.aand.nn.Parameters;
import org.aand.raa.AmplifiedTeacher;
import org.aand.student.Student;
import org.aand.teacher.Backbone;
import org.nd4j.linalg.api.buffer.DataType;
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
 * Time from normalised images to anomaly maps and scores, AAND against RD, random weights (the time
 * does not depend on them).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 5)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class InferenceBenchmark {
  private static final int SIZE = 256;

  /** Images a call. */
  @Param({"1", "8"})
  private int batch;

  /** The teacher. */
  @Param("wide_resnet50_2")
  private String backbone;

  private List<float[]> images;
  private Model aandModel;
  private Model rdModel;
  private Detector aand;
  private Detector rd;

  /** Builds both networks and the pictures. */
  @Setup(Level.Trial)
  public void open() {
    Backend.prepare();
    var random = new RandomStreams(1).stream("pictures");
    images = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      float[] image = new float[SIZE * SIZE * 3];
      for (int k = 0; k < image.length; k++) {
        image[k] = (float) random.nextGaussian();
      }
      images.add(image);
    }
    var network = Backbone.named(backbone);
    aandModel = model(AmplifiedTeacher.of(network));
    rdModel = model(AmplifiedTeacher.plain(network));
    aand = new Detector(aandModel);
    rd = new Detector(rdModel);
  }

  private static Model model(AmplifiedTeacher teacher) {
    var student = Student.of(teacher.backbone());
    var parameters =
        Parameters.initialise(Model.table(teacher, student), DataType.FLOAT, new RandomStreams(2));
    return new Model(teacher, student, SIZE, AnomalyMap.SIGMA, parameters);
  }

  /** AAND: network and anomaly map. */
  @Benchmark
  public List<Detector.Detection> aandNetworkAndMap() {
    return aand.detect(images);
  }

  /** RD: network and anomaly map. */
  @Benchmark
  public List<Detector.Detection> rdNetworkAndMap() {
    return rd.detect(images);
  }

  /** Closes both networks. */
  @TearDown(Level.Trial)
  public void close() {
    aand.close();
    rd.close();
    aandModel.close();
    rdModel.close();
  }
}
