package org.aand.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.experiment.JmhSource.Engine;
import org.aand.network.teacher.Backbone;
import org.aand.report.Protocol;
import org.aand.report.experiment.Cell;
import org.aand.variant.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON of JMH's form; all its numbers are invented. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class JmhTimesTest {
  private static final String BACKBONE = "resnet18";

  @TempDir Path folder;

  private static String result(String name, int batch, double invented, String error) {
    return result(name, BACKBONE, batch, invented, error);
  }

  /** As the benchmark wrote it before it had engines. */
  static String result(String name, String backbone, int batch, double invented, String error) {
    return withEngine("", name, backbone, batch, invented, error);
  }

  private static String on(String engine, String name, double invented) {
    return withEngine(", \"engine\": \"" + engine + "\"", name, BACKBONE, 1, invented, "1");
  }

  private static String withEngine(
      String engine, String name, String backbone, int batch, double invented, String error) {
    return String.format(
        Locale.ROOT,
        """
        {"jmhVersion": "1.37", "benchmark": "org.aand.benchmarks.InferenceBenchmark.%s",
         "mode": "avgt", "threads": 1, "jdkVersion": "17.0.1", "vmName": "Invented VM",
         "params": {"batch": "%d", "backbone": "%s"%s},
         "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "ms/op"}}""",
        name,
        batch,
        backbone,
        engine,
        invented,
        error);
  }

  private Path file(String... results) throws IOException {
    return Files.writeString(folder.resolve("jmh.json"), "[" + String.join(",", results) + "]");
  }

  private Path three() throws IOException {
    return file(
        result("rdNetworkAndMap", 8, 999, "1"),
        result("rdNetworkAndMap", 1, 123.5, "4.25"),
        result("rdPlusPlusNetworkAndMap", 1, 140, "6"),
        result("aandNetworkAndMap", 1, 150, "\"NaN\""));
  }

  private static JmhSource source(Path file, Engine... engine) {
    return new JmhSource(file, Arrays.stream(engine).findFirst());
  }

  private static JmhTimes read(Path file, Engine... engine) {
    return JmhTimes.read(source(file, engine), BACKBONE);
  }

  private String refused(Path file) {
    var e = assertThrows(InputException.class, () -> read(file));
    var message = String.valueOf(e.getMessage());
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void timesAreOfSingleImagesInSecondsAndSayWhereTheyComeFrom() throws IOException {
    var times = read(three());
    var rd = times.of(Variant.rd()).orElseThrow();
    assertEquals(0.1235, rd.seconds(), 1e-12);
    for (var part : List.of("JMH 1.37", "batch 1", "mean 123.50 ms", "4.25 ms", "Invented VM")) {
      assertTrue(rd.how().contains(part), rd.how());
    }
    var aand = times.of(new Variant()).orElseThrow();
    assertEquals(0.15, aand.seconds(), 1e-12);
    assertTrue(aand.how().contains("error (99.9 %) unknown"), aand.how());
    assertEquals(0.14, times.of(Variant.rdPlusPlus()).orElseThrow().seconds(), 1e-12);
    assertTrue(times.of(Variant.gateAlone()).isEmpty());
  }

  @Test
  void timesAreOfOneEngine() throws IOException {
    var names = List.of("rdNetworkAndMap", "rdPlusPlusNetworkAndMap", "aandNetworkAndMap");
    var rows = new ArrayList<String>();
    names.forEach(name -> rows.add(on("onnxruntime", name, 50)));
    names.forEach(name -> rows.add(on("samediff", name, 300)));
    var sameDiff = file(rows.toArray(String[]::new));
    assertEquals(0.3, read(sameDiff).of(Variant.rd()).orElseThrow().seconds(), 1e-12);
    var e = assertThrows(InputException.class, () -> read(sameDiff, Engine.JAVA));
    assertTrue(String.valueOf(e.getMessage()).contains("engine=java"), e.getMessage());
    names.forEach(name -> rows.add(on("java", name, 200)));
    var all = file(rows.toArray(String[]::new));
    var java = read(all).of(Variant.rd()).orElseThrow();
    assertEquals(0.2, java.seconds(), 1e-12);
    assertTrue(java.how().contains("engine java"), java.how());
    var chosen = read(all, Engine.SAMEDIFF).of(new Variant()).orElseThrow();
    assertEquals(0.3, chosen.seconds(), 1e-12);
  }

  @Test
  void whatIsNoJmhOrLacksABenchmarkIsRefused() throws IOException {
    for (var text : List.of("no JSON", "{}", "[]", "[{\"benchmark\": \"x\"}]")) {
      var file = Files.writeString(folder.resolve("other.json"), text);
      assertTrue(refused(file).contains("is no JSON of JMH"), text);
    }
    var one =
        file(
            result("rdNetworkAndMap", 1, 1, "1"),
            result("rdPlusPlusNetworkAndMap", 1, 1, "1"),
            result("aandNetworkAndMap", 8, 1, "1"));
    assertTrue(refused(one).contains("lacks InferenceBenchmark.aandNetworkAndMap"), refused(one));
    assertTrue(refused(folder.resolve("absent.json")).contains("cannot be read"));
  }

  @Test
  void cellAndNoteTakeTheTimeFromJmh() throws IOException {
    var costs =
        new NetworkCosts(
            folder, Backbone.named(BACKBONE), ImageSize.square(256), Optional.of(source(three())));
    var cell = Cell.done("complexity", "rd", "mvtec", "bottle", 0, Protocol.LAST_EPOCH, Map.of());
    var withCost = costs.add(cell, Variant.rd());
    assertEquals(0.1235, withCost.inferenceSeconds().orElseThrow(), 1e-12);
    assertTrue(withCost.parametersMillions().orElseThrow() > 10);
    var again =
        new NetworkCosts(folder, Backbone.named(BACKBONE), ImageSize.square(256), Optional.empty());
    assertTrue(again.notes().get(0).startsWith("Time of RD: JMH 1.37"), again.notes().toString());
    assertEquals(withCost, again.add(cell, Variant.rd()), "kept");
  }
}
