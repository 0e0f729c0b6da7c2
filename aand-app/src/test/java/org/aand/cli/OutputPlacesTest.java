package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.aand.common.image.PngFile;
import org.aand.common.image.RgbImage;
import org.aand.model.ModelFile;
import org.aand.model.TinyModelFile;
import org.aand.samediff.ModelStore;
import org.aand.serve.cli.ModelText;
import org.aand.train.TinyModel;
import org.aand.variant.TrainedMethod;
import org.aand.variant.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program's outputs through links, into FIFOs and onto a full device. */
class OutputPlacesTest {
  private final Path folder;
  private final Path image;
  private final Path model;

  OutputPlacesTest(@TempDir Path folder) {
    this.folder = folder;
    image = folder.resolve("part.png");
    PngFile.write(new RgbImage(8, 8, new byte[192]), image);
    model =
        TinyModelFile.write(
            folder.resolve("model.aand"), List.of(new RgbImage(8, 8, new byte[192])));
  }

  private Program predict(String option, Path to) {
    return Program.run("predict", "--model", model.toString(), image.toString(), option, "" + to);
  }

  @Test
  void linksStayForEveryOutputOfPredictAndCalibrate() throws IOException {
    for (var option : List.of("--csv", "--json", "--html")) {
      var real = folder.resolve("real" + option);
      var link = Files.createSymbolicLink(folder.resolve("link" + option), real.getFileName());
      assertEquals(0, predict(option, link).exitCode());
      assertTrue(Files.isSymbolicLink(link), option);
      assertTrue(Files.size(real) > 0, option);
    }
    var link = Files.createSymbolicLink(folder.resolve("link.aand"), Path.of("real.aand"));
    var done =
        Program.run(
            "calibrate", "--model", model.toString(), "--threshold", "0.5", "--out", "" + link);
    assertEquals(0, done.exitCode(), done.err());
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(folder.resolve("real.aand")));
  }

  @Test
  void noOutputReplacesWhatItIsMadeFrom() throws IOException {
    var bytes = Files.readAllBytes(model);
    var pixels = Files.readAllBytes(image);
    for (var option : List.of("--csv", "--json", "--html")) {
      var overModel = predict(option, model);
      assertEquals(2, overModel.exitCode(), option);
      assertTrue(overModel.err().contains("it is the model"), overModel.err());
      var overImage = predict(option, image);
      assertEquals(2, overImage.exitCode(), option);
      assertTrue(overImage.err().contains("it is one of the images"), overImage.err());
    }
    var inFolder =
        Program.run(
            "predict",
            "--model",
            "" + folder,
            "" + image,
            "--csv",
            "" + folder.resolve("model.aand"));
    assertEquals(2, inFolder.exitCode(), inFolder.err());
    assertArrayEquals(bytes, Files.readAllBytes(model));
    assertArrayEquals(pixels, Files.readAllBytes(image));
  }

  @Test
  void twoOutputsInOneFileAreRefused() {
    var to = folder.resolve("results").toString();
    var done = Program.run("predict", "--model", "" + model, "" + image, "--csv", to, "--html", to);
    assertEquals(2, done.exitCode());
    assertTrue(done.err().contains("it is named for two outputs"), done.err());
    assertFalse(Files.exists(Path.of(to)));
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamedBeforeTheWork() throws IOException {
    var below = Files.writeString(folder.resolve("file"), "x").resolve("results");
    for (var option : List.of("--csv", "--json", "--html")) {
      for (var to : List.of(folder, below)) {
        var done = predict(option, to);
        assertEquals(1, done.exitCode());
        assertEquals("", done.out(), "an image was processed");
        assertTrue(done.err().startsWith("aand: cannot write " + to), done.err());
      }
    }
  }

  @Test
  void aFolderForHeatmapsThatCannotBeWrittenIsNamedBeforeTheWork() throws IOException {
    var bytes = Files.readAllBytes(model);
    var file = Files.writeString(folder.resolve("file"), "x");
    for (var to : List.of(file, model, image, file.resolve("maps"))) {
      var done = predict("--heatmaps", to);
      assertEquals(1, done.exitCode(), done.err());
      assertEquals("", done.out(), "an image was processed");
      assertTrue(done.err().startsWith("aand: cannot write "), done.err());
      assertTrue(done.err().contains(to.toString()), done.err());
      assertEquals(1, done.err().lines().count(), done.err());
    }
    assertArrayEquals(bytes, Files.readAllBytes(model));
  }

  @Test
  void heatmapsReplaceNeitherImagesNorAnotherOutput() throws IOException {
    var maps = folder.resolve("maps");
    var to = maps.toString();
    var twice =
        Program.run("predict", "--model", "" + model, "" + image, "--csv", to, "--heatmaps", to);
    assertEquals(2, twice.exitCode());
    assertTrue(twice.err().contains("it is named for two outputs"), twice.err());
    assertFalse(Files.exists(maps));

    assertEquals(0, predict("--heatmaps", maps).exitCode());
    var map = maps.resolve("part.png.heatmap.png");
    var bytes = Files.readAllBytes(map);
    var over = Program.run("predict", "--model", "" + model, to, "--heatmaps", to);
    assertEquals(2, over.exitCode(), over.err());
    assertTrue(over.err().contains(map + ": it is one of the images"), over.err());
    assertArrayEquals(bytes, Files.readAllBytes(map));
  }

  @Test
  void calibrateChecksItsOutputBeforeTheWork() throws IOException {
    var parts = Files.createDirectories(folder.resolve("parts"));
    var part = Files.copy(image, parts.resolve("part.png"));
    var bytes = Files.readAllBytes(part);
    var below = Files.writeString(folder.resolve("file"), "x").resolve("other.aand");
    for (var to : List.of(parts, below, part)) {
      var done =
          Program.run("calibrate", "--model", "" + model, "--data", "" + parts, "--out", "" + to);
      assertEquals(1, done.exitCode(), done.err());
      assertEquals("", done.out(), "an image was processed");
      assertTrue(done.err().startsWith("aand: cannot write " + to), done.err());
      assertEquals(1, done.err().lines().count(), done.err());
    }
    assertArrayEquals(bytes, Files.readAllBytes(part));
    var nowhere = folder.resolve("none/model.aand");
    var missing = Program.run("calibrate", "--model", "" + nowhere, "--data", "" + parts);
    assertEquals(1, missing.exitCode());
    assertFalse(Files.exists(folder.resolve("none")), "a folder was made for a model that is none");
  }

  @Test
  @Timeout(120)
  void rowsGoIntoAFifo() throws Exception {
    var fifo = folder.resolve("fifo");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo here");
    }
    var read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(fifo);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertEquals(0, predict("--csv", fifo).exitCode());
    assertEquals(2, read.get(60, TimeUnit.SECONDS).lines().count());
    assertFalse(Files.isRegularFile(fifo));
  }

  @Test
  void rowsForAFullDeviceAreAFailureOfOneLine() {
    var full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");
    var file = predict("--csv", full);
    assertEquals(1, file.exitCode());
    assertTrue(
        file.err()
            .lines()
            .anyMatch(l -> l.startsWith("aand: cannot write /dev/full: the disk is full")),
        file.err());
    assertFalse(Files.isRegularFile(full));
    for (var option : List.of("--csv", "--json")) {
      var err = new StringWriter();
      String[] words = {"predict", "--model", model.toString(), image.toString(), option, "-"};
      var commandLine = Main.commandLine(words);
      try (var out = new PrintWriter(Files.newOutputStream(full), true, StandardCharsets.UTF_8)) {
        commandLine.setOut(out);
        commandLine.setErr(new PrintWriter(err, true));
        int code = commandLine.execute(words);
        assertEquals(1, code);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      assertEquals(1, err.toString().lines().count(), err.toString());
      assertTrue(err.toString().startsWith("aand: standard output cannot be written"));
    }
  }

  @Test
  void inspectNamesTheMethodThatWasTrained() {
    for (var variant :
        List.of(Variant.rd().withHardest(10), Variant.contrastive(), Variant.simpleNetStyle())) {
      var file = folder.resolve("variant.aand");
      try (var tiny = TinyModel.create(3, true)) {
        var json = new com.fasterxml.jackson.databind.ObjectMapper().valueToTree(variant);
        ModelStore.write(
            tiny,
            ModelFile.Notes.of(
                JsonNodeFactory.instance.objectNode(),
                (com.fasterxml.jackson.databind.JsonNode) json),
            file);
      }
      var said = Program.run("inspect", file.toString());
      assertEquals(0, said.exitCode(), said.err());
      assertTrue(said.out().contains(ModelText.line("method", variant.label())), said.out());
    }
    var old = Program.run("inspect", model.toString()).out();
    assertTrue(old.contains("(derived from the network; the file does not name"), old);
    var stored = ModelFile.inspect(model);
    assertFalse(TrainedMethod.of(stored).stated());
  }
}
