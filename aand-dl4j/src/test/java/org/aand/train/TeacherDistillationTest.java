package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.random.RandomStreams;
import org.aand.io.scene.Scenes;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class TeacherDistillationTest {
  private static final Backbone SMALL = Backbone.resnet10();
  private static final Backbone LARGE = Backbone.named("resnet18");
  private static final TeacherDistillation.Options OPTIONS =
      new TeacherDistillation.Options(12, 4, 32, 0.001);

  private static List<Double> distances(long seed) {
    var distances = new ArrayList<Double>();
    try (var small = parameters(SMALL, seed);
        var large = parameters(LARGE, 99)) {
      TeacherDistillation.run(
          SMALL,
          small,
          LARGE,
          large,
          new Scenes(seed, OPTIONS.imageSize())::get,
          OPTIONS,
          (step, local) -> distances.add(local));
    }
    return distances;
  }

  private static Parameters parameters(Backbone backbone, long seed) {
    return Parameters.initialise(backbone.parameters(), DataType.FLOAT, new RandomStreams(seed));
  }

  @Test
  void theSmallTeacherComesCloserAndRepeats() {
    var distances = distances(1);
    assertEquals(OPTIONS.steps(), distances.size());
    assertTrue(distances.get(OPTIONS.steps() - 1) < 0.8 * distances.get(0), distances.toString());
    assertEquals(distances, distances(1));
  }

  @Test
  void channelsHaveToAgree() {
    var wide = Backbone.named("resnet50");
    try (var small = parameters(SMALL, 1);
        var large = new Parameters()) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  TeacherDistillation.run(
                      SMALL,
                      small,
                      wide,
                      large,
                      new Scenes(1, 32)::get,
                      OPTIONS,
                      (step, local) -> {}));
      assertTrue(String.valueOf(e.getMessage()).contains("resnet50"));
    }
  }
}
