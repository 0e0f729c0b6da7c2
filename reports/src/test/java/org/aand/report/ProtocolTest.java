package org.aand.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.aand.report.experiment.Cells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One name for a protocol everywhere; files that have the names of before are read as well. */
class ProtocolTest {
  @Test
  void theKeyIsTheNameOnTheCommandLine() {
    assertEquals(
        List.of("last-epoch", "held-out", "synthetic", "official"),
        Arrays.stream(Protocol.values()).map(Protocol::key).toList());
    for (var protocol : Protocol.values()) {
      assertEquals(protocol, Protocol.named(protocol.key()));
      assertEquals(protocol, Protocol.named(protocol.key().toUpperCase(Locale.ROOT)));
    }
    var e = assertThrows(IllegalArgumentException.class, () -> Protocol.named("best"));
    assertEquals(
        "unknown protocol best; there are last-epoch, held-out, synthetic, official",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Protocol.named(""));
  }

  @Test
  void aResultOfBeforeIsRead() {
    var json = ResultJson.toJson(SampleRuns.aand());
    assertTrue(json.contains("\"protocol\" : \"last-epoch\""));
    var before =
        json.replace("\"last-epoch\"", "\"best-on-test\"")
            .replace("\"schemaVersion\" : \"1.1\"", "\"schemaVersion\" : \"1.0\"");
    var result = ResultJson.fromJson(before, "result.json");
    assertEquals(Protocol.BEST_ON_TEST, result.protocol());
    assertTrue(ResultJson.toJson(result).contains("\"protocol\" : \"official\""));
    assertFalse(before.contains("\"threshold\""), "unknown to version 1.0");
  }

  @Test
  void cellsOfBeforeAreRead(@TempDir Path folder) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("cells.csv"),
            """
            experiment,row,dataset,category,seed,protocol,status,message,image_auroc
            main,aand,mvtec,bottle,0,held-out-normal,done,,1.0
            main,rd,mvtec,bottle,0,best-on-test,done,,1.0
            """);
    assertEquals(
        List.of(Protocol.HELD_OUT_NORMAL, Protocol.BEST_ON_TEST),
        Cells.readCsv(file).all().stream().map(cell -> cell.protocol()).toList());
  }
}
