package org.aand.serve.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.aand.api.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageMoverTest {
  private final Path from;
  private final Path to;
  private final ImageMover mover;

  ImageMoverTest(@TempDir Path folder) throws IOException {
    from = Files.createDirectory(folder.resolve("in"));
    to = folder.resolve("done");
    mover = new ImageMover(from, to);
  }

  private Decided drop(String name, String content, Verdict verdict) throws IOException {
    var file = from.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, content);
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return Decisions.of(FileStamp.of(name, attributes), verdict);
  }

  private List<String> moved() throws IOException {
    try (var files = Files.walk(to)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> to.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  @Test
  void keepsFoldersAndOverwritesNothing() throws IOException {
    for (int i = 0; i < 3; i++) {
      assertTrue(mover.move(drop("tag/a.png", "image " + i, Verdict.NORMAL), false));
    }
    assertTrue(mover.move(drop("tag/a.png", "image 3", Verdict.ANOMALOUS), false));
    assertEquals(
        List.of(
            "anomalous/tag/a.png", "normal/tag/a.2.png", "normal/tag/a.3.png", "normal/tag/a.png"),
        moved());
    assertEquals("image 2", Files.readString(to.resolve("normal/tag/a.3.png")));
    assertFalse(Files.exists(from.resolve("tag/a.png")));
  }

  @Test
  void whatIsUndecidedOrAnotherImageByNowStays() throws IOException {
    assertFalse(mover.move(drop("a.png", "image", Verdict.UNDECIDED), false));
    var first = drop("a.png", "first", Verdict.NORMAL);
    drop("a.png", "second image", Verdict.NORMAL);
    assertFalse(mover.move(first, false));
    assertEquals("second image", Files.readString(from.resolve("a.png")));
  }

  @Test
  void anInterruptedMoveIsCompletedWithoutACopy() throws IOException {
    var copied = drop("copied.png", "image", Verdict.NORMAL);
    var reserved = drop("reserved.png", "image", Verdict.NORMAL);
    var gone = drop("gone.png", "image", Verdict.NORMAL);
    Files.createDirectories(to.resolve("normal"));
    Files.copy(from.resolve("copied.png"), to.resolve("normal/copied.png"));
    Files.createFile(to.resolve("normal/reserved.png"));
    Files.move(from.resolve("gone.png"), to.resolve("normal/gone.png"));
    for (var decided : List.of(copied, reserved, gone)) {
      assertTrue(mover.move(decided, true));
    }
    assertEquals(List.of("normal/copied.png", "normal/gone.png", "normal/reserved.png"), moved());
    for (var name : moved()) {
      assertEquals("image", Files.readString(to.resolve(name)));
    }
  }

  @Test
  void whatCannotBeMovedStaysAndLeavesNothingBehind() throws IOException {
    var decided = drop("a.png", "image", Verdict.NORMAL);
    Files.createDirectories(to);
    Files.writeString(to.resolve("normal"), "a file is in the way");
    assertThrows(IOException.class, () -> mover.move(decided, false));
    assertTrue(Files.exists(from.resolve("a.png")));
    assertEquals(List.of("normal"), moved());
  }
}
