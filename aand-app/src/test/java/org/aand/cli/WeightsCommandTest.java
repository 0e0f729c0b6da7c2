package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.file.Sha256;
import org.aand.network.teacher.Backbone;
import org.aand.weights.keras.TeacherWeights;
import org.aand.weights.torch.CheckpointWriter;
import org.aand.weights.torch.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weights import} and {@code weights info} as a user calls them. */
class WeightsCommandTest {
  private final Path folder;
  private final Path from;
  private final Path out;

  WeightsCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.from = folder.resolve("resnet18.pth");
    this.out = folder.resolve("resnet18.h5");
  }

  @Test
  void aCheckpointBecomesATeacher() throws Exception {
    Files.write(from, halves().zip());
    var shown = run(0, "weights", "info", from.toString());
    assertContains(
        shown.out(),
        "conv1.weight",
        "float16",
        "[64, 3, 7, 7]",
        "sha256 " + Sha256.sha256(from),
        "2787264 values",
        "fits resnet18");
    var imported = run(0, arguments("resnet18"));
    assertContains(
        imported.out(),
        "sha256 " + Sha256.sha256(from),
        "sha256 " + Sha256.sha256(out),
        "75 tensors, 2787264 values",
        "--backbone resnet18 --weights " + out);
    try (var teacher = TeacherWeights.load(out, Backbone.named("resnet18"))) {
      // The half 0x3c00.
      assertEquals(1, teacher.parameters().get("conv1_conv/kernel").maxNumber().doubleValue());
      assertEquals(1, teacher.parameters().get("conv1_conv/kernel").minNumber().doubleValue());
    }
    assertContains(
        run(0, "weights", "info", out.toString()).out(),
        "conv1_conv/kernel",
        "[7, 7, 3, 64]",
        "imported from sha256 " + Sha256.sha256(from),
        "fits resnet18");
  }

  @Test
  void whatCannotBeIsOneLineAndWritesNothing() throws Exception {
    refused(2, "subcommand", "weights");
    refused(2, "vgg", arguments("vgg16"));
    refused(2, "--backbone", "weights", "import", "--from", from.toString(), "--out", "x.h5");
    refused(1, "resnet18.pth", arguments("resnet18"));
    Files.write(from, halves().zip());
    refused(1, "pass --backbone resnet18", arguments("wide_resnet50_2"));
    refused(1, "checkpoint itself", importing(from, "resnet18", from));
    refused(1, "folder", importing(from, "resnet18", folder));
    var below = from.resolve("below.h5");
    refused(1, "below.h5", importing(from, "resnet18", below));
    refused(1, "none.h5", "weights", "info", folder.resolve("none.h5").toString());
    refused(1, folder.toString(), "weights", "info", folder.toString());
    Files.writeString(folder.resolve("text.pth"), "no weights at all");
    refused(1, "text.pth", "weights", "info", folder.resolve("text.pth").toString());
  }

  /** Torchvision's ResNet-18 to its third stage, every weight a half 1. */
  private static CheckpointWriter halves() {
    var writer = new CheckpointWriter();
    conv(writer, "conv1", "bn1", 64, 3, 7);
    for (int stage = 1; stage <= 3; stage++) {
      int planes = 32 << stage;
      for (int block = 0; block < 2; block++) {
        var prefix = "layer" + stage + "." + block + ".";
        int in = stage > 1 && block == 0 ? planes / 2 : planes;
        conv(writer, prefix + "conv1", prefix + "bn1", planes, in, 3);
        conv(writer, prefix + "conv2", prefix + "bn2", planes, planes, 3);
        if (stage > 1 && block == 0) {
          conv(writer, prefix + "downsample.0", prefix + "downsample.1", planes, in, 1);
        }
      }
    }
    return writer;
  }

  private static void conv(
      CheckpointWriter writer, String conv, String norm, int out, int in, int kernel) {
    ones(writer, conv + ".weight", out, in, kernel, kernel);
    for (var variable : List.of("weight", "bias", "running_mean", "running_var")) {
      ones(writer, norm + "." + variable, out);
    }
  }

  private static void ones(CheckpointWriter writer, String name, long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    byte[] bytes = new byte[(int) (2 * length)];
    for (int i = 1; i < bytes.length; i += 2) {
      bytes[i] = 0x3c;
    }
    writer.tensor(name, ElementType.FLOAT16, bytes, shape);
  }

  private String[] arguments(String backbone) {
    return importing(from, backbone, out);
  }

  private static String[] importing(Path from, String backbone, Path out) {
    return new String[] {
      "weights",
      "import",
      "--from",
      from.toString(),
      "--backbone",
      backbone,
      "--out",
      out.toString()
    };
  }

  private static Program run(int code, String... arguments) {
    var program = Program.run(arguments);
    assertEquals(code, program.exitCode(), program.err());
    return program;
  }

  private void refused(int code, String named, String... arguments) {
    var program = run(code, arguments);
    assertContains(program.err(), named);
    assertEquals(1, program.err().lines().count(), program.err());
    assertTrue(program.err().startsWith("aand: "), program.err());
    assertTrue(Files.notExists(out));
  }

  private static void assertContains(String text, String... parts) {
    for (var part : parts) {
      assertTrue(text.contains(part), () -> part + " is not in " + text);
    }
  }
}
