package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aand.common.file.FileKind;
import org.aand.common.image.PngFile;
import org.aand.common.image.RgbImage;
import org.aand.model.TinyModelFile;
import org.aand.weights.TeacherFile;
import org.aand.weights.torch.CheckpointWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file for another: each reader says what it was given and what it wants. */
class WrongFileTest {
  private final Path folder;
  private final Path image;
  private final Path model;
  private final Path text;
  private final Path teacher;
  private final Path checkpoint;

  WrongFileTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    image = folder.resolve("part.png");
    PngFile.write(new RgbImage(2, 2, new byte[12]), image);
    model = TinyModelFile.write(folder.resolve("model.aand"));
    text = Files.writeString(folder.resolve("notes.txt"), "Prüfplan\n");
    teacher = folder.resolve("teacher.zip");
    try (var in = TeacherFile.class.getResourceAsStream("teacher.zip")) {
      Files.copy(in, teacher);
    }
    checkpoint = folder.resolve("net.pth");
    Files.write(checkpoint, new CheckpointWriter().tensor("a", new float[1], 1).zip());
  }

  @Test
  void kindsAreToldByTheirContent() throws IOException {
    var kinds =
        Map.of(
            image, FileKind.IMAGE,
            model, FileKind.MODEL,
            text, FileKind.TEXT,
            teacher, FileKind.TEACHER,
            checkpoint, FileKind.CHECKPOINT);
    for (var kind : kinds.entrySet()) {
      assertEquals(kind.getValue(), FileKind.of(kind.getKey()), kind.getKey().toString());
    }
    assertEquals(FileKind.EMPTY, FileKind.of(new byte[0]));
    assertEquals(FileKind.OTHER, FileKind.of(new byte[] {1, 2, 3}));
    assertEquals(FileKind.HTML, FileKind.of("\n<!DOCTYPE html>".getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        FileKind.GIT_LFS,
        FileKind.of("version https://git-lfs.github.com/spec/v1".getBytes(StandardCharsets.UTF_8)));
    assertEquals(FileKind.ZIP, FileKind.of(Files.readAllBytes(zip("readme"))));
    assertEquals(
        FileKind.CHECKPOINT,
        FileKind.of(new CheckpointWriter().tensor("a", new float[1], 1).safetensors()));
  }

  private Path zip(String entry) throws IOException {
    var file = folder.resolve("archive.zip");
    try (OutputStream out = Files.newOutputStream(file);
        var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.closeEntry();
    }
    return file;
  }

  @Test
  void whatIsNoModelIsNoModel() throws IOException {
    for (var command : List.of("inspect %s", "predict --model %s " + image, "serve --model %s")) {
      refused(command, image, "is not a model file: it is an image (predict takes it");
      refused(command, teacher, "is not a model file: it is a small teacher (train takes it");
      refused(command, checkpoint, "is not a model file: it is a PyTorch checkpoint");
      refused(command, text, "is not a model file: it is a text file; name a run folder");
      refused(command, zip("readme"), "is not a model file: it is a zip archive");
    }
  }

  @Test
  void whatIsNoTeacherOrWeightsIsNone() {
    var train = "train --data nowhere --out out ";
    refused(train + "--teacher %s", text, "is not a teacher's file: it is a text file");
    refused(train + "--teacher %s", model, "is not a teacher's file: it is a trained model");
    refused("doctor --weights %s", model, "is not an HDF5 file: it is a trained model");
    refused("doctor --weights %s", checkpoint, "is not an HDF5 file: it is a PyTorch checkpoint");
    refused("doctor --weights %s", image, "is not an HDF5 file: it is an image");
    var convert = "weights import --backbone resnet18 --out " + folder.resolve("x.h5") + " --from ";
    refused(convert + "%s", model, "it is a trained model (predict and others take it");
    refused(convert + "%s", image, "but an image");
    refused("weights info %s", model, "it is a trained model");
    refused("weights info %s", image, "is not an HDF5 file: it is an image");
  }

  private static void refused(String command, Path file, String expected) {
    var program = Program.run(command.formatted(file).split(" "));
    assertEquals(1, program.exitCode(), program.err());
    assertTrue(program.err().contains(expected), command + ": " + program.err());
    assertTrue(program.err().contains(file.toString()), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }
}
