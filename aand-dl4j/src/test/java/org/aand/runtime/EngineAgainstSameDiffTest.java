package org.aand.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.Net;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.runtime.engine.Engine;
import org.aand.samediff.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The engine finds what the SameDiff plan finds, in every network that a model file can hold. */
class EngineAgainstSameDiffTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.aand.runtime.SmallNetworks#all")
  void findsWhatThePlanFinds(
      String name, AmplifiedTeacher teacher, Scoring scoring, Tiling tiling) {
    try (var model = RandomModel.of(teacher, scoring, tiling);
        var plan = new org.aand.samediff.Detector(model);
        var detector = RandomModel.inJava(model).detector(2)) {
      for (var image :
          RandomModel.images(2, tiling.resolution().height(), tiling.resolution().width())) {
        if (!tiling.divides()) {
          var expected = plan.discrepancies(List.of(image)).get(0);
          var actual = detector.discrepancies(List.of(image)).get(0);
          assertEquals(expected.size(), actual.size());
          for (int l = 0; l < expected.size(); l++) {
            assertClose(name + ", level " + l, expected.get(l), actual.get(l));
          }
        }
        var expected = plan.detect(image);
        var actual = detector.detect(image);
        assertEquals(expected.score(), actual.score(), TOLERANCE * expected.score(), name);
        assertClose(name, wide(expected.map()), wide(actual.map()));
      }
    }
  }

  private static double[] wide(float[] map) {
    double[] wide = new double[map.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = map[i];
    }
    return wide;
  }

  private static void assertClose(String what, double[] expected, double[] actual) {
    assertEquals(expected.length, actual.length, what);
    double largest = 0;
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      error = Math.max(error, Math.abs(expected[i] - actual[i]));
    }
    assertTrue(
        error <= TOLERANCE * largest && largest > 0,
        what + ": error " + error + ", largest value " + largest);
  }

  @Test
  void anImageScoresTheSameInAnyBatchOnAnyNumberOfThreads() throws InterruptedException {
    var images = RandomModel.images(5, 64, 64);
    try (var model =
            RandomModel.of(
                AmplifiedTeacher.of(SmallNetworks.BASIC),
                new Scoring.Discrepancy(new Student(SmallNetworks.BASIC, 2, true)),
                Tiling.whole(64));
        var one = RandomModel.inJava(model).detector(1)) {
      var alone = images.stream().map(one::detect).toList();
      for (int threads : new int[] {1, 2, 3}) {
        try (var detector = RandomModel.inJava(model).detector(threads)) {
          var together = detector.detect(images);
          for (int n = 0; n < images.size(); n++) {
            assertArrayEquals(alone.get(n).map(), together.get(n).map(), "threads " + threads);
            assertArrayEquals(alone.get(n).map(), detector.detect(images.get(n)).map());
          }
        }
      }
      try (var pool = new DetectorPool(RandomModel.inJava(model), 2)) {
        for (int n = 0; n < images.size(); n++) {
          assertArrayEquals(alone.get(n).map(), pool.detect(images.get(n)).map());
        }
      }
    }
  }

  @Test
  void heightAndWidthAreTwoNumbers() {
    int height = 64;
    int width = 96;
    var teacher = AmplifiedTeacher.of(SmallNetworks.BASIC);
    var scoring = new Scoring.Discrepancy(new Student(SmallNetworks.BASIC, 1, true));
    var image = RandomModel.images(1, height, width).get(0);
    try (var model = RandomModel.of(teacher, scoring, Tiling.whole(64));
        var net = new NetGraph(model.parameters(), NetGraph.Form.INFERENCE, DataType.FLOAT)) {
      var distances = scoring.build(net, teacher, net.input("images"));
      try (var program = net.program(distances);
          var batch = HostValues.array(image, 1, height, width, 3);
          var plan = engine(model, height, width).plan(2)) {
        var expected = program.run(Map.of("images", batch));
        var actual = plan.run(List.of(image)).get(0);
        for (int l = 0; l < actual.size(); l++) {
          assertClose(
              "level " + l, HostValues.read(expected.get(distances.get(l))), wide(actual.get(l)));
        }
      }
    }
  }

  private static Engine engine(Model model, int height, int width) {
    var loader =
        Engine.load(
            height,
            width,
            new Engine.Network() {
              @Override
              public <T> List<T> build(Net<T> net, T images) {
                return model.scoring().build(net, model.teacher(), images);
              }
            });
    for (var spec : model.description().table()) {
      loader.accept(spec, HostValues.readSingle(model.parameters().get(spec.name())));
    }
    return loader.finish();
  }
}
