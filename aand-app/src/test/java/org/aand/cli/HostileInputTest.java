package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.common.InputException;
import org.aand.model.TinyModelFile;
import org.aand.serve.DetectionService;
import org.aand.serve.ServiceSettings;
import org.aand.serve.Uploads;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every hostile file at every entry point: one clear line, bounded memory, nothing left behind. */
class HostileInputTest {
  private static final long MOST_BYTES = 256L << 20;

  private static Path folder = Path.of("");
  private static Path good = Path.of("");
  private static Path model = Path.of("");
  private static List<Path> hostile = List.of();

  @BeforeAll
  static void writeThem(@TempDir Path temporary) throws IOException {
    folder = temporary;
    var image = SampleImages.draw(1, 48, 40).get(0);
    good = Files.write(temporary.resolve("good.png"), SampleImages.png(image));
    for (var of : List.of("train/good", "test/good")) {
      Files.copy(
          good,
          Files.createDirectories(temporary.resolve("data/part").resolve(of)).resolve("0.png"));
    }
    model = TinyModelFile.write(temporary.resolve("model.aand"));
    var whole = new LinkedHashMap<String, byte[]>();
    for (var type : List.of("png", "jpg", "bmp", "tiff")) {
      var bytes = new ByteArrayOutputStream();
      assertTrue(ImageIO.write(SampleImages.buffered(image), type, bytes), type);
      whole.put("image." + type, bytes.toByteArray());
    }
    whole.put("model.aand", Files.readAllBytes(model));
    hostile = HostileFiles.write(whole, temporary.resolve("hostile"));
  }

  @Test
  void thereAreMoreThanTwoHundred() {
    assertTrue(hostile.size() > 200, hostile.size() + " files");
  }

  @Test
  void theLibraryRefusesThemAsImages() {
    try (var detector = AnomalyDetector.load(model)) {
      eachRefused(detector::detect);
      assertTrue(Float.isFinite(detector.detect(good).score()));
    }
  }

  @Test
  void theLibraryRefusesThemAsModels() {
    eachRefused(
        file -> {
          AnomalyDetector.load(file).close();
          return file;
        });
  }

  private static void eachRefused(Function<Path, ?> use) {
    for (var file : hostile) {
      bounded(
          file,
          () -> {
            var e = assertThrows(InputException.class, () -> use.apply(file), file.toString());
            oneLine(String.valueOf(e.getMessage()), file);
          });
    }
  }

  @Test
  void asWeightsTheyLeadToNoFileAndNoRun() throws IOException {
    var train =
        "train --data DATA --category part --image-size 32 --stage1-epochs 1 --stage2-epochs 1 --out OUT ";
    eachFails(
        "weights import --backbone resnet18 --out OUT --from FILE",
        "weights info FILE",
        "pretrain --backbone resnet18 --steps 1 --out OUT --weights FILE",
        train + "--backbone resnet18 --weights FILE",
        train + "--teacher FILE");
  }

  @Test
  void asModelsTheyLeadToNoResult() throws IOException {
    eachFails(
        "inspect FILE",
        "export --model FILE --threshold 1 --out OUT",
        "predict --model FILE --csv OUT GOOD",
        "calibrate --model FILE --data DATA/part/test/good --out OUT",
        "evaluate --model FILE --data DATA --category part --out OUT",
        "serve --model FILE --port 0");
  }

  @Test
  void asExperimentsAndTimesTheyLeadToNoResult() throws IOException {
    var experiment = "experiment --data mvtec=DATA --random-teacher --out OUT --config ";
    eachFails(experiment + "FILE", experiment + "complexity --backbone resnet18 --jmh FILE");
  }

  @Test
  void asTrainingImagesTheyAreNamed() throws IOException {
    var parts = Files.createDirectories(folder.resolve("parts"));
    Files.copy(good, parts.resolve("good.png"));
    for (var file : hostile) {
      if (!Files.isRegularFile(file)) {
        continue;
      }
      var copy = Files.copy(file, parts.resolve("bad.png"));
      var command =
          "train --data PARTS --backbone resnet18 --random-teacher --image-size 32"
              + " --calibration-share 0 --out OUT";
      fails(command.replace("PARTS", parts.toString()), copy);
      fails("foreground --out OUT --data " + parts, copy);
      Files.delete(copy);
    }
  }

  @Test
  void predictCountsThemAndLooksAtTheRest() throws IOException {
    var csv = folder.resolve("decisions.csv");
    var program =
        Program.run(
            "predict",
            "--model",
            model.toString(),
            "--csv",
            csv.toString(),
            folder.resolve("hostile").toString(),
            good.toString());
    assertEquals(1, program.exitCode(), program.err());
    var rows = Files.readAllLines(csv);
    var scored = rows.stream().filter(r -> r.contains("good.png")).toList();
    assertEquals(1, scored.size(), program.err());
    var images = hostile.stream().filter(HostileInputTest::namedAsAImage).count();
    assertEquals(images + 2, rows.size(), "a heading, the normal image, every hostile image");
    assertTrue(program.err().contains(images + " not usable"), program.err());
  }

  private static boolean namedAsAImage(Path file) {
    return file.toString().matches(".*\\.(png|jpg|bmp|tiff)") && !Files.isDirectory(file);
  }

  @Test
  void theServiceRefusesThemAndStaysUp() throws Exception {
    try (var detector = AnomalyDetector.load(model);
        var service = DetectionService.start(detector, "tiny", ServiceSettings.defaults())) {
      for (var file : hostile) {
        if (Files.isRegularFile(file)) {
          int status = Uploads.detect(service, file).statusCode();
          assertTrue(status >= 400 && status < 500, file + ": " + status);
        }
      }
      assertEquals(200, Uploads.detect(service, good).statusCode());
    }
  }

  private static void eachFails(String... commands) throws IOException {
    for (var command : commands) {
      for (var file : hostile) {
        fails(command, file);
      }
    }
  }

  /** The command fails by saying so; what it was to write is not there. */
  private static void fails(String command, Path file) throws IOException {
    var out = folder.resolve("out");
    var places =
        Map.of(
            "FILE", file.toString(),
            "OUT", out.toString(),
            "GOOD", good.toString(),
            "DATA", folder.resolve("data").toString());
    var arguments =
        java.util.Arrays.stream(command.split(" +"))
            .map(word -> places.getOrDefault(word, word))
            .map(word -> word.replace("DATA/", folder.resolve("data") + "/"))
            .map(word -> word.replace("=DATA", "=" + folder.resolve("data")))
            .toArray(String[]::new);
    bounded(
        file,
        () -> {
          var program = Program.run(arguments);
          assertEquals(1, program.exitCode(), command + " with " + file + ": " + program.err());
          oneLine(program.err().strip(), file);
        });
    assertFalse(Files.exists(out), command + " with " + file + " left something behind");
    try (var left = Files.list(folder)) {
      assertFalse(
          left.anyMatch(p -> p.getFileName().toString().startsWith("out")),
          command + " with " + file + " left something beside");
    }
  }

  private static void oneLine(String message, Path file) {
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains(String.valueOf(file.getFileName())), message);
    assertFalse(message.contains("unexpectedly"), message);
  }

  private static void bounded(Path file, Runnable work) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_BYTES, file + " had " + allocated + " bytes allocated");
  }
}
