package org.aand.common.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aand.common.InputException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the place that a file is written to. */
class AtomicFileTest {
  private static final String TEXT = "file,score\n";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private static void write(Path file) {
    AtomicFile.write(file, out -> out.write(TEXT.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Nested
  class RegularFile {
    @Test
    void isReplacedAndNothingIsLeftBeside() throws IOException {
      var file = folder.resolve("rows.csv");
      write(file);
      Files.writeString(file, "old and longer than what is written now");
      write(file);
      assertEquals(TEXT, Files.readString(file));
      assertEquals(List.of("rows.csv"), names());
    }

    /** Each write pauses in the middle until the others are there, too. */
    @Test
    @Timeout(120)
    void isWrittenBySeveralThreadsAtATimeEachTimeAsAWhole() throws Exception {
      var file = folder.resolve("rows.csv");
      int writers = 4;
      var middle = new CyclicBarrier(writers);
      var threads = Executors.newFixedThreadPool(writers);
      try {
        var written = new ArrayList<Future<?>>();
        for (int i = 0; i < writers; i++) {
          byte[] half = ("writer " + i + "\n").repeat(2000).getBytes(StandardCharsets.UTF_8);
          written.add(
              threads.submit(
                  () ->
                      AtomicFile.write(
                          file,
                          out -> {
                            out.write(half);
                            await(middle);
                            out.write(half);
                          })));
        }
        for (var one : written) {
          one.get();
        }
      } finally {
        threads.shutdownNow();
      }
      var lines = Files.readAllLines(file);
      assertEquals(4000, lines.size());
      assertEquals(1, lines.stream().distinct().count(), "one writer's alone");
      assertEquals(List.of("rows.csv"), names());
    }

    private static void await(CyclicBarrier barrier) {
      try {
        barrier.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new AssertionError(e);
      }
    }

    @Test
    void staysAsItWasWhenTheNewContentFails() throws IOException {
      var file = Files.writeString(folder.resolve("rows.csv"), "old");
      var e =
          assertThrows(
              InputException.class,
              () ->
                  AtomicFile.write(
                      file,
                      out -> {
                        out.write(1);
                        throw new IOException("No space left on device");
                      }));
      assertTrue(
          String.valueOf(e.getMessage()).contains("rows.csv: the disk is full"),
          String.valueOf(e.getMessage()));
      assertEquals("old", Files.readString(file));
      assertEquals(List.of("rows.csv"), names());
    }

    @Test
    void mayBeInAFolderThatIsYetToBeMade() throws IOException {
      var file = folder.resolve("a/b/rows.csv");
      write(file);
      assertEquals(TEXT, Files.readString(file));
    }
  }

  @Nested
  class Link {
    private Path link(String name, String to) throws IOException {
      try {
        return Files.createSymbolicLink(folder.resolve(name), Path.of(to));
      } catch (UnsupportedOperationException | IOException e) {
        assumeTrue(false, "this system makes no links: " + e);
        throw e;
      }
    }

    @Test
    void staysAndTheFileBehindItIsWritten() throws IOException {
      var real = Files.writeString(folder.resolve("real.csv"), "old");
      link("middle.csv", "real.csv");
      var link = link("link.csv", "middle.csv");
      write(link);
      assertTrue(Files.isSymbolicLink(link));
      assertFalse(Files.isSymbolicLink(real));
      assertEquals(TEXT, Files.readString(real));
      assertEquals(List.of("link.csv", "middle.csv", "real.csv"), names());
    }

    @Test
    void toAFileThatIsNotThereYetMakesIt() throws IOException {
      var link = link("link.csv", "new.csv");
      write(link);
      assertTrue(Files.isSymbolicLink(link));
      assertEquals(TEXT, Files.readString(folder.resolve("new.csv")));
    }

    @Test
    void toAFolderIsAFolderToWriteIn() throws IOException {
      Files.createDirectory(folder.resolve("day"));
      var link = link("latest", "day");
      write(link.resolve("rows.csv"));
      assertEquals(TEXT, Files.readString(folder.resolve("day/rows.csv")));
    }

    @Test
    void leadingToItselfIsOneLine() throws IOException {
      link("a", "b");
      var link = link("b", "a");
      var e = assertThrows(InputException.class, () -> write(link));
      assertEquals(1, String.valueOf(e.getMessage()).lines().count());
    }
  }

  @Nested
  @Timeout(60)
  class SpecialFile {
    @Test
    void fifoIsWrittenInto() throws Exception {
      var fifo = fifo();
      var read = CompletableFuture.supplyAsync(() -> read(fifo));
      write(fifo);
      assertArrayEquals(TEXT.getBytes(StandardCharsets.UTF_8), read.get(30, TimeUnit.SECONDS));
      assertEquals(List.of("fifo"), names());
      assertTrue(isOther(fifo));
    }

    @Test
    void fifoIsWrittenIntoByLibrariesThatWantAPath() throws Exception {
      var fifo = fifo();
      var read = CompletableFuture.supplyAsync(() -> read(fifo));
      AtomicFile.writeByPath(fifo, path -> Files.writeString(path, TEXT));
      assertArrayEquals(TEXT.getBytes(StandardCharsets.UTF_8), read.get(30, TimeUnit.SECONDS));
      assertTrue(isOther(fifo));
    }

    /** The test may run as root, whom nothing would keep from replacing the device. */
    @Test
    void deviceStaysADevice() throws IOException {
      var device = Path.of("/dev/null");
      assumeTrue(isOther(device), "no /dev/null here");
      var link = Files.createSymbolicLink(folder.resolve("link"), device);
      write(link);
      assertTrue(Files.isSymbolicLink(link));
      assertTrue(isOther(device));
    }

    @Test
    void fullDeviceIsOneLine() throws IOException {
      var device = Path.of("/dev/full");
      assumeTrue(Files.exists(device) && isOther(device), "no /dev/full here");
      var e = assertThrows(InputException.class, () -> write(device));
      assertTrue(
          String.valueOf(e.getMessage()).startsWith("cannot write /dev/full: the disk is full"));
      assertTrue(isOther(device));
    }

    @Test
    void folderIsRefused() {
      var e = assertThrows(InputException.class, () -> write(folder));
      assertTrue(
          String.valueOf(e.getMessage()).contains("it is a folder; name a file"),
          String.valueOf(e.getMessage()));
    }

    private Path fifo() throws IOException, InterruptedException {
      var fifo = folder.resolve("fifo");
      try {
        int code = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        assumeTrue(code == 0, "mkfifo failed");
      } catch (IOException e) {
        assumeTrue(false, "no mkfifo here");
      }
      return fifo;
    }

    private static byte[] read(Path fifo) {
      try {
        return Files.readAllBytes(fifo);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private static boolean isOther(Path path) throws IOException {
      return Files.exists(path)
          && Files.readAttributes(
                  path,
                  java.nio.file.attribute.BasicFileAttributes.class,
                  LinkOption.NOFOLLOW_LINKS)
              .isOther();
    }
  }
}
