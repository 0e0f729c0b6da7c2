package org.aand.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.aand.common.InputException;
import org.aand.common.random.RandomStreams;
import org.aand.network.teacher.Backbone;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class TeacherFileTest {
  private static final Backbone SMALL = Backbone.resnet10();

  /** Random weights, with running statistics as if it had been trained. */
  private static Parameters trained() {
    var parameters =
        Parameters.initialise(SMALL.parameters(), DataType.FLOAT, new RandomStreams(5));
    var random = new RandomStreams(6).stream("statistics");
    for (var spec : SMALL.parameters()) {
      if (!spec.name().endsWith("/kernel")) {
        double[] values = new double[Math.toIntExact(spec.length())];
        Arrays.setAll(values, i -> 0.5 + random.nextDouble());
        HostValues.write(values, parameters.get(spec.name()));
      }
    }
    return parameters;
  }

  private static double[] deepest(Backbone backbone, Parameters parameters) {
    try (var net = new NetGraph(parameters, NetGraph.Form.INFERENCE, DataType.FLOAT)) {
      var features = backbone.build(net, net.input("images"));
      double[] image = new double[32 * 32 * 3];
      var random = new RandomStreams(7).stream("picture");
      Arrays.setAll(image, i -> random.nextGaussian());
      try (var program = net.program(features);
          var images = HostValues.array(image, DataType.FLOAT, 1, 32, 32, 3)) {
        return HostValues.read(program.run(Map.of("images", images)).get(features.get(2)));
      }
    }
  }

  @Test
  void aTeacherComesBackToHalfPrecision(@TempDir Path folder) {
    var file = folder.resolve("teacher.zip");
    try (var parameters = trained()) {
      var about = JsonNodeFactory.instance.objectNode().put("steps", 3);
      TeacherFile.write(SMALL, parameters, about, file);
      var stored = TeacherFile.read(file);
      try (var read = stored.parameters()) {
        assertEquals(SMALL, stored.backbone());
        assertEquals(3, stored.about().path("steps").asInt());
        double[] expected = deepest(SMALL, parameters);
        double[] actual = deepest(SMALL, read);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
          difference += Math.pow(expected[i] - actual[i], 2);
          size += expected[i] * expected[i];
        }
        assertTrue(size > 0);
        double relative = Math.sqrt(difference / size);
        assertTrue(relative < 2e-3, "off by " + relative);
      }
    }
  }

  @Test
  void damagedFilesAreNamed(@TempDir Path folder) throws IOException {
    var file = folder.resolve("teacher.zip");
    try (var parameters = trained()) {
      TeacherFile.write(SMALL, parameters, JsonNodeFactory.instance.objectNode(), file);
    }
    byte[] whole = Files.readAllBytes(file);
    var random = new RandomStreams(8).stream("damage");
    for (int i = 0; i < 60; i++) {
      byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length));
      var damaged = folder.resolve("damaged" + i + ".zip");
      Files.write(damaged, bytes);
      refused(damaged);
      Files.delete(damaged);
    }
    refused(folder);
    refused(folder.resolve("nowhere.zip"));
    refused(Files.writeString(folder.resolve("text.zip"), "not a zip"));
  }

  private static void refused(Path file) {
    var e = assertThrows(InputException.class, () -> TeacherFile.read(file));
    var message = String.valueOf(e.getMessage());
    assertTrue(message.contains(String.valueOf(file.getFileName())), message);
    assertTrue(message.lines().count() == 1, message);
  }
}
