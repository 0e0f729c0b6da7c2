package org.aand.serve.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.api.Verdict;
import org.aand.common.InputException;
import org.aand.common.image.ImageChange;
import org.aand.drift.DriftMonitor;
import org.aand.model.TinyModelFile;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.ResultSink;
import org.aand.serve.sink.SinkStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is watched while things happen in it. */
@Timeout(300)
class FolderWatchTest {
  private static final List<byte[]> IMAGES =
      SampleImages.draw(8, 40, 30).stream().map(SampleImages::png).toList();

  private static AnomalyDetector detector;

  private final Path folder;
  private final Path in;
  private final Collected sink = new Collected();
  private final Told told = new Told();
  private Optional<Path> move = Optional.empty();
  private Duration patience = Duration.ofMillis(600);

  /** More images than any test has. */
  private DriftMonitor.Settings drift = new DriftMonitor.Settings(10_000, 1);

  FolderWatchTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    in = Files.createDirectory(folder.resolve("in"));
  }

  @BeforeAll
  static void load(@TempDir Path folder) {
    var model = TinyModelFile.write(folder.resolve("model.aand"), SampleImages.draw(6, 40, 30));
    detector = AnomalyDetector.load(model);
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  /** A sink in memory, which may be full. */
  private static final class Collected implements ResultSink {
    private final List<ResultRecord> results = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    @Override
    public void write(List<ResultRecord> more) throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
      results.addAll(more);
    }

    @Override
    public Set<String> taken(Set<String> ids) {
      return results.stream()
          .map(ResultRecord::id)
          .filter(ids::contains)
          .collect(Collectors.toSet());
    }

    @Override
    public SinkStatus status() {
      return new SinkStatus("memory", results.size(), 0, 0, 0);
    }

    @Override
    public void close() {}

    List<String> images() {
      return results.stream().map(ResultRecord::image).sorted().toList();
    }
  }

  /** What people are told, once each. */
  private static final class Told implements Problems {
    private final Map<String, String> lines = new TreeMap<>();

    @Override
    public synchronized void occurred(String key, String line) {
      lines.putIfAbsent(key, line);
    }

    @Override
    public synchronized void over(String key, String line) {
      if (lines.containsKey(key)) {
        lines.put(key + " over", line);
      }
    }

    synchronized boolean has(String part) {
      return lines.values().stream().anyMatch(line -> line.contains(part));
    }
  }

  private FolderWatch open() {
    return FolderWatch.open(
        new WatchSettings(
            in,
            folder.resolve("state"),
            move,
            Duration.ofMillis(20),
            Duration.ofMillis(150),
            patience,
            drift),
        detector,
        "tiny",
        new FolderWatch.Targets(List.of(sink), result -> {}, told));
  }

  private interface Happening {
    void happens() throws Exception;
  }

  /** Watches while something happens. */
  private void during(Happening happening) throws Exception {
    try (var watch = open()) {
      var failure = new ArrayList<Throwable>();
      var thread =
          new Thread(
              () -> {
                try {
                  watch.run();
                } catch (InterruptedException | RuntimeException e) {
                  failure.add(e);
                }
              });
      thread.start();
      happening.happens();
      watch.stop();
      thread.join();
      assertEquals(List.of(), failure);
    }
  }

  private void once() throws InterruptedException {
    try (var watch = open()) {
      watch.once();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 6000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertTrue(condition.getAsBoolean(), "did not come about");
  }

  private String journal() {
    try {
      return Files.readString(folder.resolve("state/journal.jsonl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void drop(String name, int image) throws IOException {
    var file = in.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    var beside = file.resolveSibling("." + file.getFileName() + ".part");
    Files.write(beside, IMAGES.get(image));
    Files.move(beside, file);
  }

  @Test
  void decidesAsTheDetectorDoesOnFilesOfAnyNameInAnyFolder() throws Exception {
    var names = List.of("a.png", "day 1/ü.png", "day 1/deep/\"q\".png", "two\nlines.png", "upload");
    during(
        () -> {
          for (int i = 0; i < names.size(); i++) {
            drop(names.get(i), i);
          }
          await(() -> sink.results.size() == names.size());
        });
    assertEquals(names.stream().sorted().toList(), sink.images());
    for (var result : sink.results) {
      var expected = detector.detect(IMAGES.get(names.indexOf(result.image())));
      assertEquals(expected.score(), (float) result.score().orElseThrow());
      assertEquals(Optional.of(expected.verdict()), result.verdict());
      assertEquals("tiny", result.model());
    }
    assertEquals(names.size(), sink.results.stream().map(ResultRecord::id).distinct().count());
    assertEquals(Map.of(), told.lines);
  }

  @Test
  void resultsSayWhatHasHappenedToTheLineAndPeopleAreToldOnce() throws Exception {
    drift = new DriftMonitor.Settings(10, 100);
    var dark = new ImageChange(0.4, 1, 0, 0, 0);
    var images = SampleImages.draw(12, 40, 30);
    for (int i = 0; i < images.size(); i++) {
      Files.write(in.resolve("dark " + i + ".png"), SampleImages.png(dark.apply(images.get(i))));
    }
    once();
    assertEquals(12, sink.results.size());
    // From the tenth on; which images came to it last is the threads' affair.
    var drifted =
        sink.results.stream()
            .map(ResultRecord::json)
            .filter(json -> json.contains("\"drift\""))
            .toList();
    assertEquals(3, drifted.size(), drifted.toString());
    assertTrue(
        drifted.stream().allMatch(json -> json.matches(".*\"drift\":\"[^\"]*darker.*")),
        drifted.toString());
    assertTrue(told.has("darker"));
  }

  @Test
  void linksThatLeadNowhereAreNamedAndTheOtherFilesAreDecidedOn() throws Exception {
    Files.createSymbolicLink(in.resolve("self.png"), Path.of("self.png"));
    Files.createSymbolicLink(in.resolve("gone.png"), Path.of("nowhere.png"));
    Files.createDirectories(in.resolve("below"));
    Files.createSymbolicLink(in.resolve("below/back.png"), Path.of("back.png"));
    drop("below/good.png", 0);
    once();
    assertEquals(List.of("below/good.png"), sink.images());
    assertTrue(told.has("self.png") && told.has("gone.png") && told.has("back.png"));
  }

  @Test
  void aFileThatIsBeingWrittenIsWaitedForAndTemporaryOnesAreLeftAlone() throws Exception {
    patience = Duration.ofMinutes(10);
    during(
        () -> {
          for (var name : List.of("b.png.part", "c.tmp", ".d.png", "e.png~", "readme.txt")) {
            Files.write(in.resolve(name), IMAGES.get(0));
          }
          try (OutputStream out = Files.newOutputStream(in.resolve("slow.png"))) {
            for (byte b : IMAGES.get(1)) {
              out.write(b);
              if (b == 0) {
                Thread.sleep(2);
              }
            }
            // Longer than the quiet time, but half a file is no image.
            Thread.sleep(400);
          }
          Files.move(in.resolve("c.tmp"), in.resolve("c.png"));
          await(() -> sink.results.size() == 2);
        });
    assertEquals(List.of("c.png", "slow.png"), sink.images());
    assertTrue(sink.results.stream().allMatch(result -> result.verdict().isPresent()));
  }

  @Test
  void aNameThatIsUsedAgainIsAnotherImage() throws Exception {
    during(
        () -> {
          drop("camera.png", 1);
          await(() -> sink.results.size() == 1);
          Files.delete(in.resolve("camera.png"));
          drop("camera.png", 2);
          await(() -> sink.results.size() == 2);
        });
    once();
    assertEquals(List.of("camera.png", "camera.png"), sink.images());
    assertEquals(
        detector.detect(IMAGES.get(2)).score(), (float) sink.results.get(1).score().orElseThrow());
  }

  @Test
  void aFolderThatVanishesIsWaitedForAndItsImagesAreNotNew() throws Exception {
    during(
        () -> {
          drop("a.png", 1);
          await(() -> sink.results.size() == 1);
          Files.move(in, folder.resolve("away"));
          await(() -> told.has("cannot read the folder"));
          Files.move(folder.resolve("away"), in);
          await(() -> told.has("is there again"));
          drop("b.png", 2);
          await(() -> sink.results.size() == 2);
        });
    assertEquals(List.of("a.png", "b.png"), sink.images());
  }

  @Test
  void aFullDiskHoldsTheWatchUpAndLosesNothing() throws Exception {
    sink.full = true;
    during(
        () -> {
          for (int i = 0; i < 8; i++) {
            drop("f" + i + ".png", i);
          }
          await(() -> told.has("the disk is full"));
          sink.full = false;
          await(() -> sink.results.size() == 8);
        });
    assertTrue(told.has("memory can be written again"), told.lines.toString());
    sink.full = true;
    during(
        () -> {
          drop("g.png", 1);
          await(() -> journal().contains("g.png"));
        });
    sink.full = false;
    once();
    assertEquals(9, sink.results.stream().map(ResultRecord::id).distinct().count());
    assertEquals(9, sink.results.size());
  }

  @Test
  void whatCannotBeUsedIsToldOnceAndIsAResultOnce() throws Exception {
    Files.write(in.resolve("cut.png"), Arrays.copyOf(IMAGES.get(0), 200));
    Files.writeString(in.resolve("notes.dat"), "no image");
    during(() -> await(() -> sink.results.size() == 1 && told.has("left out: notes.dat")));
    assertTrue(told.has("cut.png is not usable"), told.lines.toString());
    during(
        () -> {
          drop("good.png", 1);
          await(() -> sink.results.size() == 2);
        });
    // By now it was written longer ago than the patience, so that one look would be enough.
    once();
    assertEquals(List.of("cut.png", "good.png"), sink.images());
    assertTrue(sink.results.get(0).error().isPresent());
  }

  @Test
  void imagesAreMovedByTheirVerdictEvenBelowTheWatchedFolder() throws Exception {
    move = Optional.of(in.resolve("done"));
    patience = Duration.ofMinutes(10);
    drop("day/a.png", 1);
    drop("b.png", 2);
    Files.writeString(in.resolve("bad.png"), "");
    once();
    during(
        () -> {
          // Decided on after what is older: what was moved, if it were listed.
          drop("later.png", 3);
          await(() -> sink.images().contains("later.png"));
        });
    assertEquals(List.of("b.png", "day/a.png", "later.png"), sink.images());
    for (var result : sink.results) {
      var moved = in.resolve("done").resolve(result.verdict().orElse(Verdict.UNDECIDED).key());
      assertTrue(Files.exists(moved.resolve(result.image())), result.json());
      assertFalse(Files.exists(in.resolve(result.image())), result.json());
    }
    assertTrue(Files.exists(in.resolve("bad.png")));
  }

  @Test
  void aScheduledRunTakesWhatIsThereAndTheNextOneTheRest() throws Exception {
    drop("a.png", 1);
    once();
    drop("b.png", 2);
    once();
    once();
    assertEquals(List.of("a.png", "b.png"), sink.images());
  }

  @Test
  void oneWatchAtATimeHasAState() throws Exception {
    try (var watch = open()) {
      var refused = assertThrows(InputException.class, this::open);
      assertTrue(String.valueOf(refused.getMessage()).contains("already"), refused.toString());
      watch.stop();
      watch.run();
    }
    open().close();
  }
}
