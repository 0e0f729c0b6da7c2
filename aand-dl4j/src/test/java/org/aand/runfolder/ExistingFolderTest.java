package org.aand.runfolder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.aand.common.InputException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty folder that is there already, as a mount point is, is filled and never replaced. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class ExistingFolderTest {
  @TempDir Path parent;
  private Path run;
  private @Nullable Object before;

  @BeforeEach
  void make() throws IOException {
    run = Files.createDirectory(parent.resolve("run"));
    before = identity(run);
  }

  private static @Nullable Object identity(Path folder) throws IOException {
    return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static void fill(RunFolder folder) throws IOException {
    Files.writeString(folder.file(RunFolder.RESULT), "result");
    Files.writeString(folder.file(RunFolder.MODEL), "model");
    Files.createDirectories(folder.file("figures"));
    Files.writeString(folder.file("figures/a.json"), "figure");
  }

  @Test
  void itStaysTheSameFolder() throws IOException {
    try (var folder = RunFolder.begin(run)) {
      fill(folder);
      assertEquals(List.of(".aand.lock", ".aand.part"), names(run), "nothing looks finished yet");
      folder.publish();
      assertEquals(run, folder.place());
    }
    assertEquals(before, identity(run));
    assertEquals(List.of("figures", "model.aand", "result.json"), names(run));
    assertEquals(List.of("run"), names(parent), "nothing was needed beside it");
  }

  @Test
  void aLinkToItStaysALink() throws IOException {
    var link = Files.createSymbolicLink(parent.resolve("latest"), Path.of("run"));
    try (var folder = RunFolder.begin(link)) {
      fill(folder);
      folder.publish();
    }
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.exists(run.resolve(RunFolder.RESULT)));
  }

  @Test
  void aFileSystemOfItsOwnMayHaveItsLostAndFound() throws IOException {
    Files.createDirectory(run.resolve("lost+found"));
    RunFolder.begin(run).close();
    Files.writeString(run.resolve("notes.txt"), "mine");
    assertThrows(InputException.class, () -> RunFolder.begin(run));
  }

  @Test
  void whatIsKeptIsResumed() throws IOException {
    try (var folder = RunFolder.resume(run)) {
      Files.writeString(folder.working().resolve("checkpoint"), "half way");
      folder.keep();
    }
    RunFolder.tidy(run);
    try (var again = RunFolder.resume(run)) {
      assertEquals("half way", Files.readString(again.working().resolve("checkpoint")));
      fill(again);
      again.publish();
    }
    assertEquals(List.of("figures", "model.aand", "result.json"), names(run));
  }

  @Test
  void whatIsNotKeptLeavesAnEmptyFolder() throws IOException {
    try (var folder = RunFolder.begin(run)) {
      fill(folder);
    }
    assertEquals(List.of(), names(run));
    assertEquals(before, identity(run));
  }

  /** As a process leaves it that is killed after it moved the model, not yet the result. */
  @Test
  void aKillBetweenTwoMovesIsTakenBack() throws IOException {
    var working = run.resolve(".aand.part");
    Files.createDirectories(working.resolve("run"));
    Files.writeString(working.resolve("moving"), "model.aand\nresult.json");
    Files.writeString(working.resolve("run/result.json"), "result");
    Files.writeString(run.resolve("model.aand"), "model");

    try (var again = RunFolder.resume(run)) {
      assertFalse(Files.exists(run.resolve("model.aand")), "no half a run to be seen");
      assertEquals("model", Files.readString(again.file("model.aand")));
      again.publish();
    }
    assertEquals(List.of("model.aand", "result.json"), names(run));
  }

  /** As a process leaves it that is killed after the last move. */
  @Test
  void aKillAfterTheLastMoveIsFinished() throws IOException {
    var working = run.resolve(".aand.part");
    Files.createDirectories(working.resolve("run"));
    Files.writeString(working.resolve("moving"), "result.json");
    Files.writeString(run.resolve("result.json"), "result");

    assertThrows(InputException.class, () -> RunFolder.resume(run));
    RunFolder.tidy(run);
    assertEquals(List.of("result.json"), names(run));
  }
}
