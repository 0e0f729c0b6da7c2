package org.aand.serve.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.aand.api.Region;
import org.aand.api.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultRecordTest {
  @Test
  void itsJsonIsOneLineAndGivesItBack() {
    for (var result : Results.some(12)) {
      assertFalse(result.json().contains("\n"), result.json());
      assertEquals(result, ResultRecord.parse(result.json()));
    }
  }

  @Test
  void tellsWhatTheJsonTells() {
    var result =
        ResultRecord.parse(
            "{\"id\":\"7\",\"time\":\"2026-01-02T03:04:05Z\",\"model\":\"bottle\",\"file\":\"a.png\","
                + "\"score\":1.5,\"percentile\":95.0,\"threshold\":0.5,\"verdict\":\"anomalous\","
                + "\"regions\":[{\"x\":1,\"y\":2,\"width\":3,\"height\":4,\"area\":9,"
                + "\"centroid\":{\"x\":2.5,\"y\":3.5},\"peak\":{\"value\":0.75,\"x\":2,\"y\":3}}]}");
    assertEquals(Optional.of(Verdict.ANOMALOUS), result.verdict());
    assertEquals(1.5, result.score().orElseThrow());
    assertEquals(0.5, result.threshold().orElseThrow());
    assertEquals(95, result.percentile().orElseThrow());
    assertEquals(List.of(new Region(1, 2, 3, 4, 9, 2.5, 3.5, 0.75f, 2, 3)), result.regions());
    assertEquals(Optional.of("it is \"cut\" off\n"), Results.unusable(0, "a").error());
  }

  /** After a restart results are read, and shown again. */
  @Test
  void itsNumbersAreTheSameBeforeItIsWrittenAndAfterItIsRead() {
    var row = JsonNodeFactory.instance.objectNode().put("file", "a.png");
    row.put("score", 2.0752194f).put("threshold", 0.1f).put("verdict", "anomalous");
    var found = ResultRecord.of("7", Instant.EPOCH, "bottle", row);
    var read = ResultRecord.parse(found.json());
    assertEquals(2.0752194, found.score().orElseThrow());
    assertEquals(found.score(), read.score());
    assertEquals(found.threshold(), read.threshold());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"id\":\"7\"",
        "{\"id\":7,\"time\":\"2026-01-02T03:04:05Z\",\"model\":\"m\",\"file\":\"f\",\"error\":\"e\"}",
        "{\"id\":\"7\",\"time\":\"today\",\"model\":\"m\",\"file\":\"f\",\"error\":\"e\"}",
        "{\"id\":\"7\",\"time\":\"2026-01-02T03:04:05Z\",\"model\":\"m\",\"file\":\"f\"}",
        "{\"id\":\"7\",\"time\":\"2026-01-02T03:04:05Z\",\"model\":\"m\",\"file\":\"f\",\"score\":1}"
      })
  void whatIsNoResultIsRefused(String json) {
    assertThrows(IllegalArgumentException.class, () -> ResultRecord.parse(json));
  }
}
