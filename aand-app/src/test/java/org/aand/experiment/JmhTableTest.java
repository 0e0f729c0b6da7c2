package org.aand.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aand.common.image.ImageSize;
import org.aand.pipeline.TinyRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From JMH's JSON to Table VIII; the times in the JSON are invented. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class JmhTableTest {
  @TempDir Path folder;

  private ExperimentRequest request(String experiment, int imageSize) throws IOException {
    var data = folder.resolve("data");
    if (!Files.exists(data)) {
      TinyExperiment.draw(data, "gear");
    }
    var times = String.join(",", time("rd", 123.5), time("rdPlusPlus", 140), time("aand", 150));
    var jmh = Files.writeString(folder.resolve("jmh.json"), "[" + times + "]");
    var tiny =
        TinyExperiment.request(
            ExperimentFile.open(experiment),
            data,
            folder.resolve("out"),
            List.of(0L),
            Set.of("gear"));
    return tiny.toBuilder()
        .imageSize(ImageSize.square(imageSize))
        .jmh(Optional.of(new JmhSource(jmh, Optional.empty())))
        .build();
  }

  private static String time(String method, double milliseconds) {
    return JmhTimesTest.result(
        method + "NetworkAndMap", TinyRun.BACKBONE.name(), 1, milliseconds, "5");
  }

  @Test
  void theTableHasJmhsTimesAndSaysSo() throws IOException {
    var outcome =
        ExperimentRun.execute(
            request("complexity", JmhTimes.IMAGE_SIZE), new ExperimentListener() {});
    assertEquals(List.of(), outcome.failed());
    for (var cell : outcome.cells()) {
      switch (cell.row()) {
        case "rd" -> assertEquals(0.1235, cell.inferenceSeconds().orElseThrow(), 1e-12);
        case "aand" -> assertEquals(0.15, cell.inferenceSeconds().orElseThrow(), 1e-12);
        default -> assertEquals(0.14, cell.inferenceSeconds().orElseThrow(), 1e-12, cell.row());
      }
    }
    try (var files = Files.walk(folder.resolve("out"))) {
      var tables =
          files.filter(f -> f.toString().matches(".*table-8[^/]*\\.(md|tex|html)")).toList();
      assertTrue(tables.size() >= 2, tables.toString());
      for (var table : tables) {
        assertTrue(Files.readString(table).contains("JMH 1.37"), table.toString());
      }
    }
  }

  @Test
  void timesThatDoNotBelongToItAreRefusedBeforeAnything() {
    for (var wrong : List.of("components", "complexity")) {
      var e = assertThrows(IllegalArgumentException.class, () -> request(wrong, 64));
      assertTrue(String.valueOf(e.getMessage()).contains("--jmh"), e.getMessage());
    }
  }
}
