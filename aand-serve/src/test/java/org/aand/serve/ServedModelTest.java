package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.common.InputException;
import org.aand.common.image.RgbImage;
import org.aand.drift.DriftMonitor;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model whose file changes; each detector of it is loaded, and closed, as the test says. */
@Timeout(120)
class ServedModelTest {
  private static final RgbImage IMAGE = SampleImages.draw(1, 80, 64).get(0);

  private final Path file;
  private final List<AnomalyDetector> opened = new ArrayList<>();
  private int seconds;

  ServedModelTest(@TempDir Path folder) {
    file = folder.resolve("cap.aand");
  }

  @BeforeEach
  void write() {
    TinyModelFile.write(file);
  }

  @AfterEach
  void close() {
    opened.forEach(AnomalyDetector::close);
  }

  private AnomalyDetector open(Path path) {
    var detector = AnomalyDetector.load(path);
    opened.add(detector);
    return detector;
  }

  private ServedModel served(Function<Path, AnomalyDetector> opener) {
    return ServedModel.load("cap", file, opener, new DriftMonitor.Settings(10, 10));
  }

  /** Changes the file, and looks at it twice. */
  private void change(ServedModel model) throws IOException {
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.ofEpochSecond(1_800_000_000L + ++seconds)));
    model.reloadIfChanged();
    model.reloadIfChanged();
  }

  private static boolean isClosed(AnomalyDetector detector) {
    try {
      detector.detect(IMAGE);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Test
  void whateverALoadFailsByTheModelStaysAndTheNextChangeIsLookedAt() throws IOException {
    var failures = new ArrayList<Throwable>();
    try (var model =
        served(
            path -> {
              if (failures.isEmpty()) {
                return open(path);
              }
              var failure = failures.get(0);
              if (failure instanceof Error e) {
                throw e;
              }
              throw (RuntimeException) failure;
            })) {
      for (var failure :
          List.of(
              new OutOfMemoryError("Java heap space"),
              new LinkageError("damaged"),
              new IllegalStateException("odd"),
              new InputException("no model"))) {
        failures.add(0, failure);
        change(model);
        var problem = model.about().path("problem").asText();
        assertTrue(
            problem.contains(failure instanceof OutOfMemoryError ? "memory" : failure.getMessage()),
            problem);
        assertEquals(1, opened.size());
        assertFalse(isClosed(opened.get(0)));
      }
      failures.clear();
      change(model);
      assertEquals(1, model.reloads());
      assertFalse(model.about().has("problem"));
      assertTrue(isClosed(opened.get(0)));
      assertFalse(isClosed(opened.get(1)));
    }
    assertTrue(isClosed(opened.get(1)));
  }

  @Test
  void whatIsLoadedWhileTheModelIsClosedIsClosedToo() throws Exception {
    var loading = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var model =
        served(
            path -> {
              if (!opened.isEmpty()) {
                loading.countDown();
                awaitQuietly(mayEnd);
              }
              return open(path);
            });
    var reload =
        CompletableFuture.runAsync(
            () -> {
              try {
                change(model);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            task -> new Thread(task).start());
    assertTrue(loading.await(60, TimeUnit.SECONDS));
    model.close();
    mayEnd.countDown();
    reload.get(60, TimeUnit.SECONDS);
    assertEquals(2, opened.size());
    assertTrue(opened.stream().allMatch(ServedModelTest::isClosed));
    assertEquals(0, model.reloads());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClosedModelSaysSo() {
    var model = served(this::open);
    model.close();
    var refused = assertThrows(IllegalStateException.class, model::calibrated);
    assertEquals("the model cap is closed", refused.getMessage());
  }

  @Test
  void aNameThatCannotBeUsedLoadsNothing() {
    assertThrows(
        InputException.class,
        () -> ServedModel.load("a/b", file, this::open, new DriftMonitor.Settings(10, 10)));
    assertEquals(List.of(), opened);
  }
}
