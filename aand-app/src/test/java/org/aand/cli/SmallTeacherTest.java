package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.TeacherChoice;
import org.aand.report.ResultJson;
import org.aand.report.Teacher;
import org.aand.weights.TeacherFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The small teacher that comes along, and one from a file: chosen by an option, named in results.
 */
class SmallTeacherTest {
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(64).withCounts(3, 2, 1);
  private static final long MOST_BYTES = 4L << 20;

  private static Path folder = Path.of("");

  @BeforeAll
  static void drawProduct(@TempDir Path temporary) {
    folder = temporary;
    ProductDataset.write(temporary.resolve("data"), PRODUCT);
  }

  @Test
  void theOneThatComesAlongIsSmallAndSaysWhereItComesFrom() throws IOException {
    try (var in = resource()) {
      assertTrue(in.readAllBytes().length <= MOST_BYTES);
    }
    var stored = TeacherFile.bundled();
    try (var parameters = stored.parameters()) {
      assertEquals(Backbone.resnet10(), stored.backbone());
      assertEquals(Backbone.resnet10().parameters().size(), parameters.all().size());
    }
    assertEquals(stored.sha256(), new TeacherChoice.Bundled().identity());
    assertEquals("resnet18", stored.about().path("distilledFrom").asText());
    assertTrue(stored.about().path("command").asText().startsWith("aand pretrain "));
  }

  @Test
  void itIsTakenWhenAskedFor() {
    train("bundled", "--bundled-teacher");
    var teacher = ResultJson.read(folder.resolve("bundled/result.json")).teacher();
    assertEquals(Teacher.Source.DISTILLED, teacher.source());
    assertEquals(TeacherFile.bundled().sha256(), teacher.weightsSha256());
    assertTrue(teacher.label().contains("distilled from resnet18"), teacher.label());
  }

  @Test
  void aTeacherFileGivesTheSameResults() throws IOException {
    var file = folder.resolve("teacher.zip");
    try (var in = resource()) {
      Files.copy(in, file);
    }
    train("bundled-too", "--bundled-teacher");
    train("file", "--teacher", file.toString());
    var file1 = ResultJson.read(folder.resolve("file/result.json"));
    var file2 = ResultJson.read(folder.resolve("bundled-too/result.json"));
    assertFalse(file1.images().isEmpty());
    assertEquals(file2.images(), file1.images());
  }

  @Test
  void noMoreThanOneTeacherCanBeSaid() {
    assertEquals(2, run("none", List.of("--bundled-teacher", "--random-teacher")).exitCode());
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void theBundledOneIsTheDefault() throws IOException {
    train("nothing-said");
    train("bundled-said", "--bundled-teacher");
    var said = ResultJson.read(folder.resolve("bundled-said/result.json"));
    var notSaid = ResultJson.read(folder.resolve("nothing-said/result.json"));
    assertEquals(said.images(), notSaid.images());
  }

  private static InputStream resource() {
    return Objects.requireNonNull(TeacherFile.class.getResourceAsStream("teacher.zip"));
  }

  private static void train(String out, String... teacher) {
    var program = run(out, List.of(teacher));
    assertEquals(0, program.exitCode(), program.err());
    assertTrue(program.out().contains("The teacher is small"), program.out());
  }

  private static Program run(String out, List<String> teacher) {
    var arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                folder.resolve("data").toString(),
                "--category",
                PRODUCT.category(),
                "--image-size",
                "64",
                "--stage1-epochs",
                "1",
                "--stage2-epochs",
                "1",
                "--out",
                folder.resolve(out).toString()));
    arguments.addAll(teacher);
    return Program.run(arguments.toArray(String[]::new));
  }
}
