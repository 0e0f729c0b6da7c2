package org.aand.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aand.common.InputException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultJsonTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWrittenIsReadBack() {
    for (RunResult result : List.of(SampleRuns.aand(), SampleRuns.rd(), bare())) {
      Path file = folder.resolve("runs/bottle/result.json");
      ResultJson.write(result, file);
      assertEquals(result, ResultJson.read(file));
    }
  }

  @Test
  void writingLeavesNothingBesideTheFileAndReplacesAnOldOne() throws IOException {
    Path file = folder.resolve("result.json");
    ResultJson.write(SampleRuns.aand(), file);
    ResultJson.write(SampleRuns.rd(), file);
    assertEquals(Method.RD, ResultJson.read(file).method());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aFolderInTheWayIsAClearErrorThatLeavesNothingBehind() throws IOException {
    Path taken = folder.resolve("result.json");
    Files.createDirectories(taken.resolve("inside"));
    var error = assertThrows(InputException.class, () -> ResultJson.write(SampleRuns.rd(), taken));
    assertTrue(String.valueOf(error.getMessage()).startsWith("cannot write " + taken));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(taken), files.toList());
    }
  }

  @Test
  void theKeysStandInAFixedOrder() throws IOException {
    JsonNode tree = new ObjectMapper().readTree(ResultJson.toJson(SampleRuns.aand()));
    assertEquals(
        List.of(
            "schemaVersion",
            "command",
            "dataset",
            "category",
            "method",
            "protocol",
            "backbone",
            "teacher",
            "metrics",
            "confidenceIntervals",
            "configuration",
            "trainImages",
            "stages",
            "peakMemoryBytes",
            "imagesPerSecond",
            "provenance",
            "skipped",
            "images"),
        keys(tree));
    assertEquals(
        Arrays.stream(Metric.values()).map(Metric::key).toList(), keys(tree.get("metrics")));
    assertEquals(
        List.of("epoch", "learningRate", "losses", "seconds", "secondsPerStep"),
        keys(tree.at("/stages/0/epochs/0")));
    assertEquals(List.of("aand", "nd4j", "openblas"), keys(tree.at("/provenance/versions")));
  }

  @Test
  void theMetricsAreWhereReadersLookForThem() throws IOException {
    JsonNode tree = new ObjectMapper().readTree(ResultJson.toJson(SampleRuns.aand()));
    assertEquals(0.9937, tree.get("metrics").get("image_auroc").doubleValue());
    assertEquals(0.9498, tree.get("metrics").get("aupro_0.3").doubleValue());
    assertTrue(tree.get("metrics").get("pixel_f1_max").isNull());
    assertEquals("aand", tree.get("method").textValue());
    assertEquals("last-epoch", tree.get("protocol").textValue());
    assertEquals("file", tree.at("/teacher/source").textValue());
    assertEquals("stage1", tree.at("/stages/0/name").textValue());
    assertEquals(1.39, tree.at("/stages/0/secondsPerStep").doubleValue());
    assertEquals("2026-03-14T09:26:53Z", tree.at("/provenance/startedAt").textValue());
    assertEquals("test/good/000.png", tree.at("/images/0/file").textValue());
  }

  @Test
  void theSameResultGivesTheSameTextInEveryLocale() {
    String here = ResultJson.toJson(SampleRuns.aand());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals(here, ResultJson.toJson(SampleRuns.aand()));
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(here.endsWith("}\n"));
    assertFalse(here.contains("\r"));
  }

  @Test
  void notANumberIsWrittenAsNull() throws IOException {
    var losses = new LinkedHashMap<String, @Nullable Double>();
    losses.put("focal", Double.NaN);
    losses.put("amplification", Double.POSITIVE_INFINITY);
    losses.put("total", 0.5);
    RunResult result =
        SampleRuns.trained(Method.AAND, SampleRuns.PRETRAINED, 0.4, 0.1)
            .metric(Metric.IMAGE_AUROC, Double.NaN)
            .stage(new Stage("stage1", List.of(new Epoch(1, 0.005, losses, 2, 1)), null))
            .build();
    assertTrue(result.metric(Metric.IMAGE_AUROC).isEmpty());
    String json = ResultJson.toJson(result);
    JsonNode tree = new ObjectMapper().readTree(json);
    assertTrue(tree.at("/metrics/image_auroc").isNull());
    assertTrue(tree.at("/stages/0/epochs/0/losses/focal").isNull());
    assertTrue(tree.at("/stages/0/epochs/0/losses/amplification").isNull());
    assertEquals(0.5, tree.at("/stages/0/epochs/0/losses/total").doubleValue());
    assertEquals(result, ResultJson.fromJson(json, "memory"));
  }

  @Test
  void aNewerMinorVersionIsReadAndItsNewKeysAreIgnored() {
    String json = ResultJson.toJson(SampleRuns.rd());
    String newer =
        json.replace("\"schemaVersion\" : \"1.3\",", "\"schemaVersion\" : \"1.7\", \"mood\" : 3,");
    RunResult read = ResultJson.fromJson(newer, "result.json");
    assertEquals("1.7", read.schemaVersion());
    assertEquals(SampleRuns.rd().images(), read.images());
  }

  @Test
  void theMethodsThatWereTriedComeBackAndAreLeftOutWhereThereAreNone() {
    assertFalse(ResultJson.toJson(SampleRuns.rd()).contains("candidates"));
    var candidates =
        List.of(
            new Candidate(Method.PADIM, "PaDiM", 1.75, 12.5, false),
            new Candidate(Method.RD_PLUS_PLUS, "RD++", null, 99, true));
    var result =
        RunResult.builder(
                Method.RD_PLUS_PLUS, "own", "part", SampleRuns.RANDOM, SampleRuns.provenance())
            .candidates(candidates)
            .build();
    assertEquals(candidates, ResultJson.fromJson(ResultJson.toJson(result), "x").candidates());
  }

  @Test
  void aFileFromBeforeThereWereMoreMetricsIsReadWithoutThem() {
    String json = ResultJson.toJson(SampleRuns.rd());
    String older =
        json.replace("\"schemaVersion\" : \"1.3\",", "\"schemaVersion\" : \"1.1\",")
            .replaceAll(",\\s+\"(aupro_0.05|seg_f1|aupimo)\" : null", "");
    assertFalse(older.contains("aupimo"), older);
    RunResult read = ResultJson.fromJson(older, "result.json");
    assertEquals("1.1", read.schemaVersion());
    assertEquals(SampleRuns.rd().metrics(), read.metrics());
    assertTrue(read.metric(Metric.SEG_F1).isEmpty());
  }

  @Test
  void aNewerMajorVersionIsRefusedBeforeAnythingElseIsRead() {
    var error =
        assertThrows(
            InputException.class,
            () -> ResultJson.fromJson("{\"schemaVersion\": \"2.0\"}", "old/result.json"));
    assertEquals(
        "old/result.json has schema version 2.0, this program reads up to 1.x; use the newer"
            + " program that wrote it",
        error.getMessage());
  }

  @Test
  void whatIsNoResultIsRefusedInOneLineThatNamesTheFile() {
    String good = ResultJson.toJson(SampleRuns.rd());
    var broken =
        Map.of(
            "nothing", "",
            "no object", "[1, 2]",
            "no version", "{}",
            "odd version", good.replace("\"1.3\"", "\"one\""),
            "cut short", good.substring(0, good.length() / 2),
            "two at once", good + good,
            "no metrics", good.replace("\"metrics\"", "\"measures\""),
            "no score", good.replaceFirst("\"score\" : [0-9.]+", "\"points\" : 1"),
            "unknown method", good.replace("\"rd\"", "\"fastflow\""),
            "odd time", good.replace("2026-03-14T09:26:53Z", "yesterday"));
    broken.forEach(
        (what, text) -> {
          var error =
              assertThrows(
                  InputException.class, () -> ResultJson.fromJson(text, "a/result.json"), what);
          String message = String.valueOf(error.getMessage());
          assertTrue(message.startsWith("a/result.json "), what + ": " + message);
          assertEquals(1, message.lines().count(), what);
        });
  }

  @Test
  void aMissingFileIsSaidToBeMissing() {
    var error =
        assertThrows(
            InputException.class, () -> ResultJson.read(folder.resolve("none/result.json")));
    assertTrue(String.valueOf(error.getMessage()).startsWith("no result file "));
  }

  private static RunResult bare() {
    return RunResult.builder(
            Method.AAND, "visa", "pcb1", SampleRuns.RANDOM, SampleRuns.provenance())
        .command("evaluate")
        .protocol(Protocol.BEST_ON_TEST)
        .build();
  }

  private static List<String> keys(JsonNode node) {
    var keys = new ArrayList<String>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
