package org.aand.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.api.Verdict;
import org.aand.common.image.ImageFile;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.train.TrainingSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples do what they say: train on normal images, then decide on others. */
class ExamplesTest {
  private static final ProductSettings PRODUCT = new ProductSettings("part", 64, 12, 2, 1, 5);

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Path run;

  @SuppressWarnings("NullAway.Init")
  private static Path normal;

  @BeforeAll
  static void train() {
    ProductDataset.write(folder.resolve("data"), PRODUCT);
    normal = folder.resolve("data/part/train/good");
    run = folder.resolve("run");
    TrainDetector.train(normal, run, 64, new TrainingSettings(1, 2, 4, 0));
    assertTrue(Files.isRegularFile(run.resolve("model.aand")));
  }

  @Test
  void oneFileIsDecidedOn() throws IOException {
    var heatmap = folder.resolve("heatmap.png");
    var said = printed(() -> DetectInFile.main(words(run, normal.resolve("000.png"), heatmap)));
    assertTrue(Files.exists(heatmap) || said.startsWith("normal, score "), said);
  }

  @Test
  void everyFileOfAFolderHasARow() throws IOException {
    var said = printed(() -> DetectInFolder.main(words(run, normal)));
    assertEquals(PRODUCT.trainGood(), said.lines().count(), said);
    assertTrue(
        said.lines().allMatch(row -> row.matches("\\d+\\.png,[0-9.E-]+,(NORMAL|ANOMALOUS)")));
  }

  @Test
  void framesAreDecidedOnByTheGivenThreshold() {
    var image = ImageFile.read(normal.resolve("001.png"));
    var frame = new DetectInCameraFrames.Frame(image.pixels(), image.width(), image.height());
    for (var expected : List.of(Verdict.ANOMALOUS, Verdict.NORMAL)) {
      var frames = new ArrayDeque<>(List.of(frame, frame));
      var verdicts = new ArrayList<Verdict>();
      DetectInCameraFrames.run(
          run,
          expected == Verdict.NORMAL ? 100 : 0,
          () -> Optional.ofNullable(frames.poll()),
          verdicts::add);
      assertEquals(List.of(expected, expected), verdicts);
    }
  }

  private interface Example {
    void run() throws IOException;
  }

  private static String printed(Example example) throws IOException {
    var out = System.out;
    var bytes = new ByteArrayOutputStream();
    try (var captured = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(captured);
      example.run();
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String[] words(Path... paths) {
    return java.util.Arrays.stream(paths).map(Path::toString).toArray(String[]::new);
  }
}
