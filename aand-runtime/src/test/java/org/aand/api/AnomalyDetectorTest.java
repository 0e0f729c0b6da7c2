package org.aand.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.aand.common.InputException;
import org.aand.common.image.RgbImage;
import org.aand.model.TinyModelFile;
import org.aand.runtime.JavaEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The model in another program: whatever form an image comes in, the answer is the same. */
class AnomalyDetectorTest {
  private static final int WIDTH = 90;
  private static final int HEIGHT = 70;
  private static final List<RgbImage> IMAGES = SampleImages.draw(11, WIDTH, HEIGHT);

  private static Path folder = Path.of("");
  private static Path model = Path.of("");
  private static List<Path> files = List.of();

  @SuppressWarnings("NullAway.Init") // opened before all tests
  private static AnomalyDetector detector;

  @BeforeAll
  static void load(@TempDir Path temporary) throws IOException {
    folder = temporary;
    model = TinyModelFile.write(temporary.resolve("model.aand"), IMAGES.subList(0, 8));
    var written = new ArrayList<Path>();
    for (var image : IMAGES) {
      var file = temporary.resolve(written.size() + ".png");
      Files.write(file, SampleImages.png(image));
      written.add(file);
    }
    files = written;
    detector = AnomalyDetector.load(temporary);
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  @Test
  void theExampleOfTheDocumentation() throws IOException {
    var heatmap = folder.resolve("part-heatmap.png");
    try (AnomalyDetector detector = AnomalyDetector.load(folder)) {
      Detection found = detector.detect(folder.resolve("10.png"));
      if (found.anomalous() || found.percentile().orElse(0) >= 0) {
        Files.write(heatmap, found.heatmap());
      }
    }
    var drawn = ImageIO.read(heatmap.toFile());
    assertEquals(WIDTH, drawn.getWidth());
    assertEquals(HEIGHT, drawn.getHeight());
  }

  @Test
  void everyFormOfAnImageScoresAlike() {
    for (int i = 0; i < 3; i++) {
      var image = IMAGES.get(i);
      float expected = detector.detect(image).score();
      assertEquals(expected, detector.detect(files.get(i)).score());
      assertEquals(expected, detector.detect(SampleImages.png(image)).score());
      assertEquals(expected, detector.detect(SampleImages.buffered(image)).score());
      assertEquals(expected, detector.detect(image.pixels(), WIDTH, HEIGHT).score());
    }
  }

  /** Each caller works on its image alone; results are those of the shared engine. */
  @Test
  void callersWithACoreEachGetTheSameAndCloseWaits() {
    var engine = JavaEngine.oneThreadAnImage();
    var own = AnomalyDetector.load(folder, engine);
    var found =
        IMAGES.stream()
            .map(image -> CompletableFuture.supplyAsync(() -> own.detect(image).score()))
            .toList();
    for (int i = 0; i < found.size(); i++) {
      assertEquals(detector.detect(IMAGES.get(i)).score(), found.get(i).join());
    }
    own.close();
    own.close();
    assertThrows(IllegalStateException.class, () -> own.detect(IMAGES.get(0)));
  }

  @Test
  void manyAtOnceScoreAsOneByOneToTheLastBitAndKeepTheirOrder() {
    var all = detector.detectBatch(files);
    assertEquals(files.size(), all.size());
    for (int i = 0; i < files.size(); i++) {
      assertEquals(files.get(i), all.get(i).file());
      var alone = detector.detect(files.get(i));
      assertEquals(alone.score(), score(all.get(i)));
      assertEquals(alone.score(), score(detector.detectBatch(files.subList(i, i + 1)).get(0)));
    }
    assertEquals(List.of(), detector.detectBatch(List.of()));
  }

  @Test
  void oneBadFileDoesNotFailTheOthers() throws IOException {
    var bad = Files.writeString(folder.resolve("bad-among-good.png"), "no image");
    var outcomes = detector.detectBatch(List.of(files.get(0), bad, files.get(1)));
    assertEquals(detector.detect(files.get(0)).score(), score(outcomes.get(0)));
    var failed = assertInstanceOf(Outcome.Failed.class, outcomes.get(1));
    assertEquals(bad, failed.file());
    assertTrue(failed.reason().contains("bad-among-good.png"), failed.reason());
    assertEquals(detector.detect(files.get(1)).score(), score(outcomes.get(2)));
  }

  private static float score(Outcome outcome) {
    return assertInstanceOf(Outcome.Detected.class, outcome).detection().score();
  }

  @Test
  void eightThreadsGetWhatOneGets() {
    var alone = IMAGES.stream().map(image -> detector.detect(image).score()).toList();
    var tasks =
        IntStream.range(0, 8)
            .mapToObj(
                t ->
                    CompletableFuture.supplyAsync(
                        () -> IMAGES.stream().map(image -> detector.detect(image).score()).toList(),
                        task -> new Thread(task).start()))
            .toList();
    tasks.forEach(task -> assertEquals(alone, task.join()));
  }

  @Test
  void regionsAreWhereTheMapIsAboveThePixelThreshold() throws IOException {
    var calibrated = detector.rule().calibration().orElseThrow().pixelThreshold().orElseThrow();
    assertEquals(
        calibrated.value(), (float) detector.detect(IMAGES.get(9)).pixelThreshold().orElseThrow());
    float[] values = detector.detect(IMAGES.get(9)).map();
    Arrays.sort(values);
    float threshold = values[values.length / 2];
    var found =
        detector
            .withPixelThreshold(threshold)
            .withMinimumArea(MinimumArea.parse("1"))
            .detect(IMAGES.get(9));
    float[] map = found.mapAtImageSize();
    var mask = ImageIO.read(new ByteArrayInputStream(found.mask()));
    int above = 0;
    for (int i = 0; i < map.length; i++) {
      boolean isAbove = map[i] > threshold;
      assertEquals(isAbove ? 255 : 0, mask.getRaster().getSample(i % WIDTH, i / WIDTH, 0));
      above += isAbove ? 1 : 0;
    }
    assertEquals(above, found.regions().stream().mapToInt(Region::area).sum());
    assertTrue(above > 0);
    assertEquals(
        map[found.regions().get(0).peakY() * WIDTH + found.regions().get(0).peakX()],
        found.regions().get(0).peak());
    assertEquals(List.of(), detector.withPixelThreshold(100).detect(IMAGES.get(9)).regions());
    assertThrows(IllegalArgumentException.class, () -> detector.withPixelThreshold(Double.NaN));
  }

  @Test
  void withoutAPixelThresholdRegionsAreRefusedInOneLine(@TempDir Path other) {
    var plain = TinyModelFile.write(other.resolve("model.aand"));
    try (var uncalibrated = AnomalyDetector.load(plain)) {
      var found = uncalibrated.detect(IMAGES.get(0));
      assertTrue(found.pixelThreshold().isEmpty());
      for (Executable asked :
          List.<Executable>of(
              found::regions, found::mask, found::overlay, () -> found.outline(10))) {
        var error = assertThrows(InputException.class, asked);
        assertTrue(String.valueOf(error.getMessage()).contains("no pixel threshold"));
      }
    }
  }

  @Test
  void decisionAndPercentileComeFromTheModelsNormals() {
    var calibration = detector.rule().calibration().orElseThrow();
    for (var image : IMAGES) {
      var found = detector.detect(image);
      assertEquals(found.score() > calibration.threshold(), found.anomalous());
      assertEquals(calibration.percentile(found.score()), found.percentile().orElseThrow());
      assertEquals(calibration.threshold(), (float) found.threshold().orElseThrow());
    }
    assertTrue(detector.withThreshold(0).detect(IMAGES.get(0)).anomalous());
    assertFalse(detector.withThreshold(100).detect(IMAGES.get(0)).anomalous());
    assertThrows(IllegalArgumentException.class, () -> detector.withThreshold(Double.NaN));
  }

  @Test
  void anUncalibratedModelGivesScoresAndRefusesToDecide() {
    var bare = TinyModelFile.write(folder.resolve("bare/model.aand"));
    try (var undecided = AnomalyDetector.load(bare)) {
      var found = undecided.detect(IMAGES.get(0));
      assertEquals(detector.detect(IMAGES.get(0)).score(), found.score());
      assertEquals(Verdict.UNDECIDED, found.verdict());
      assertTrue(found.percentile().isEmpty());
      var refusal = assertThrows(InputException.class, found::anomalous);
      assertTrue(String.valueOf(refusal.getMessage()).contains("calibrate"));
      assertTrue(found.heatmap().length > 0);
    }
  }

  @Test
  void theMapAtTheImagesSizeIsTheMapEnlarged() throws IOException {
    var found = detector.detect(IMAGES.get(1));
    int size = found.mapSize().height();
    assertEquals(size * size, found.map().length);
    float[] large = found.mapAtImageSize();
    assertEquals(WIDTH * HEIGHT, large.length);
    float max = 0;
    for (float value : large) {
      max = Math.max(max, value);
    }
    assertTrue(max <= found.score() && max > 0.95 * found.score(), max + " " + found.score());
    found.map()[0] = 99;
    assertFalse(found.map()[0] == 99);
    var small = ImageIO.read(new ByteArrayInputStream(found.heatmap(45)));
    assertEquals(45, small.getWidth());
    assertEquals(35, small.getHeight());
    var square = detector.detect(SampleImages.draw(1, size, size).get(0));
    assertArrayEquals(square.map(), square.mapAtImageSize(), 1e-6f);
  }

  @Test
  void whatCannotBeUsedIsNamed() throws IOException {
    var bad = Files.writeString(folder.resolve("bad.txt"), "no image");
    assertNamed("bad.txt", () -> detector.detect(bad));
    assertNamed("missing.png", () -> detector.detect(folder.resolve("missing.png")));
    assertThrows(InputException.class, () -> detector.detect(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> detector.detect(new byte[5], 2, 1));
    assertNamed("nowhere", () -> AnomalyDetector.load(folder.resolve("nowhere")));
  }

  @Test
  void closingIsFinalAndClosesWhatSharesTheNetwork() {
    var closing = AnomalyDetector.load(model);
    var strict = closing.withThreshold(0);
    assertEquals(detector.detect(IMAGES.get(0)).score(), strict.detect(IMAGES.get(0)).score());
    strict.close();
    closing.close();
    assertThrows(IllegalStateException.class, () -> closing.detect(IMAGES.get(0)));
    assertThrows(IllegalStateException.class, () -> strict.detect(IMAGES.get(0)));
  }

  private static void assertNamed(String name, org.junit.jupiter.api.function.Executable use) {
    var message = String.valueOf(assertThrows(InputException.class, use).getMessage());
    assertTrue(message.contains(name), message);
  }
}
