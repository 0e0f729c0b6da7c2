package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.InputException;
import org.aand.demo.product.ProductDataset;
import org.aand.report.Protocol;
import org.aand.runfolder.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an interrupted run leaves: to be resumed by one process, with the same settings. */
class UnfinishedRunTest {
  private final Path data;
  private final Path run;

  UnfinishedRunTest(@TempDir Path folder) {
    data = folder.resolve("data");
    run = folder.resolve("run");
    ProductDataset.write(data, TinyRun.PRODUCT);
  }

  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends the run in its third epoch. */
  private static final RunListener INTERRUPTING =
      new RunListener() {
        private int steps;

        @Override
        public void onStep(Stage stage) {
          if (++steps == 5) {
            throw new Interrupted();
          }
        }
      };

  @Test
  void itIsGoneOnWithButForOtherSettingsOrData() throws IOException {
    var request = TinyRun.request(data, Protocol.LAST_EPOCH, run);
    assertThrows(Interrupted.class, () -> TrainRun.execute(request, INTERRUPTING));
    assertFalse(Files.exists(run));

    refused(
        "protocol last-epoch, not held-out", TinyRun.request(data, Protocol.HELD_OUT_NORMAL, run));
    var good = data.resolve(TinyRun.PRODUCT.category()).resolve("test/good");
    var added = good.resolve("900.png");
    Files.copy(good.resolve("000.png"), added);
    refused("data hash", request);
    Files.delete(added);

    var resumed = new ArrayList<Integer>();
    TrainRun.execute(
        request,
        new RunListener() {
          @Override
          public void onResume(Stage stage, int epoch, int steps) {
            resumed.add(epoch);
          }
        });
    assertEquals(List.of(3), resumed);
    assertTrue(Files.exists(run.resolve(RunFolder.RESULT)));
    try (var files = Files.list(run)) {
      assertEquals(
          List.of("config.json", "model.aand", "report.html", "result.json"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void oneAtATimeWorksOnIt() {
    try (var folder = RunFolder.resume(run)) {
      var e = assertThrows(InputException.class, () -> RunFolder.resume(run));
      var message = String.valueOf(e.getMessage());
      assertTrue(message.contains("process " + ProcessHandle.current().pid()), message);
      folder.publish();
    }
    try (var again = RunFolder.resume(run)) {
      assertEquals(run.toAbsolutePath(), again.place(), "published empty, so free");
    }
  }

  @Test
  void aFolderThatIsNotKeptLeavesNothing() throws IOException {
    var parent = data.getParent();
    try (var folder = RunFolder.begin(run)) {
      Files.writeString(folder.file("half"), "half");
    }
    try (var files = Files.list(parent)) {
      assertEquals(List.of(data), files.toList());
    }
  }

  private static void refused(String named, TrainRequest request) {
    var e =
        assertThrows(InputException.class, () -> TrainRun.execute(request, new RunListener() {}));
    var message = String.valueOf(e.getMessage());
    assertTrue(message.contains(named), message);
    assertFalse(message.contains("\n"), message);
  }
}
