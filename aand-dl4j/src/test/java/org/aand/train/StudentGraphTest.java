package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.aand.common.random.RandomStreams;
import org.aand.network.ParameterSpec;
import org.aand.network.student.PyramidStudent;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.nn.HostValues;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The whole training graphs of RD++ and of ST against central differences, in double precision. */
class StudentGraphTest {
  private static final Backbone TINY = new Backbone("tiny", false, List.of(1, 1, 1), 64, 16);
  private static final RandomStreams STREAMS = new RandomStreams(23);
  private static final int IMAGES = 4;
  private static final int SIZE = 32;

  /** So small that it takes next to no value past the kink of a rectifier. */
  private static final double STEP = 1e-8;

  @Test
  void theGradientOfRdPlusPlus() {
    var student = new Student(TINY, 1).projecting();
    // Weights at which every part of the loss counts.
    var options = new RdPlusPlusGraph.Options(1, 300, 0.7, 0.4, 0.05, 1);
    try (var parameters = parameters(student.parameters());
        var graph = new RdPlusPlusGraph(student, parameters, options, DataType.DOUBLE)) {
      var clean = features("clean");
      var noisy = features("noisy");
      Supplier<Outputs> compute = () -> graph.compute(clean, noisy);
      var losses = graph.losses(compute.get());
      assertEquals(
          losses.distillation()
              + 300 * losses.transport()
              + 0.7 * losses.reconstruction()
              + 0.4 * losses.contrast(),
          losses.total(),
          1e-9);
      assertTrue(losses.transport() > 0, "the halves of a batch are apart");
      check(
          graph,
          compute,
          () -> graph.losses(compute.get()).total(),
          parameters,
          List.of(
              "projection_a1/kernel",
              "projection_b3/kernel",
              "projection_c4/kernel",
              "bottleneck_fuse_a1_conv/kernel",
              "decoder3_block1_2_conv/kernel"));
    }
  }

  @Test
  void theGradientOfSt() {
    var student = new PyramidStudent(TINY);
    try (var parameters = parameters(student.parameters());
        var graph = new PyramidGraph(student, parameters, DataType.DOUBLE)) {
      var images = uniform("images", IMAGES, SIZE, SIZE, 3);
      var features = features("teacher");
      Supplier<Outputs> compute = () -> graph.compute(images, features);
      assertTrue(graph.loss(compute.get()) > 0);
      check(
          graph,
          compute,
          () -> graph.loss(compute.get()),
          parameters,
          List.of(
              "student_conv1_conv/kernel",
              "student_conv2_block1_1_conv/kernel",
              "student_conv4_block1_2_conv/kernel",
              "student_conv4_block1_2_bn/gamma"));
    }
  }

  private static void check(
      TrainingGraph graph,
      Supplier<Outputs> compute,
      Supplier<Double> loss,
      Parameters parameters,
      List<String> names) {
    for (var name : names) {
      var values = parameters.get(name);
      double[] gradient = HostValues.read(graph.gradient(compute.get(), name));
      var direction = uniform("direction of " + name, values.shape()).subi(0.5);
      double[] along = HostValues.read(direction);
      double slope = 0;
      for (int i = 0; i < gradient.length; i++) {
        slope += gradient[i] * along[i];
      }
      direction.muli(STEP);
      values.addi(direction);
      double up = loss.get();
      values.subi(direction.mul(2));
      double down = loss.get();
      values.addi(direction);
      double numeric = (up - down) / (2 * STEP);
      assertEquals(numeric, slope, 1e-4 * Math.abs(slope), name);
      assertTrue(Math.abs(slope) > 1e-6, name + " matters: " + slope);
    }
  }

  private static Parameters parameters(List<ParameterSpec> table) {
    return Parameters.initialise(table, DataType.DOUBLE, STREAMS);
  }

  private static List<INDArray> features(String name) {
    var features = new ArrayList<INDArray>();
    for (int level = 0; level < Backbone.LEVELS; level++) {
      int side = SIZE / 4 >> level;
      features.add(uniform(name + level, IMAGES, side, side, TINY.channels().get(level)));
    }
    return features;
  }

  private static INDArray uniform(String name, long... shape) {
    int length = 1;
    for (long side : shape) {
      length *= (int) side;
    }
    double[] values = STREAMS.stream(name).doubles(length, 0, 1).toArray();
    return HostValues.array(values, DataType.DOUBLE, shape);
  }
}
