package org.aand.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aand.model.TinyModelFile;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user calls it, on the cores of this machine. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ScoreTest {
  private static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // drawn before all tests
  private static SampleArchive archive;

  @BeforeAll
  static void draw(@TempDir Path temporary) throws IOException {
    folder = temporary;
    archive = SampleArchive.draw(folder, 30).withCorrupt("torn.png");
    for (var setting : LocalSpark.settings().getAll()) {
      System.setProperty(setting._1(), setting._2());
    }
  }

  @AfterAll
  static void forget() {
    for (var setting : LocalSpark.settings().getAll()) {
      System.clearProperty(setting._1());
    }
  }

  private record Program(int exitCode, String out, String err) {
    static Program run(String... arguments) {
      var out = new StringWriter();
      var err = new StringWriter();
      int code = Score.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
      return new Program(code, out.toString(), err.toString());
    }
  }

  private static Program score(Path output, String... more) {
    return score(archive.model(), archive.images().toString(), output, more);
  }

  private static Program score(Path model, String input, Path output, String... more) {
    return on("local[2]", model, input, output, more);
  }

  private static Program on(String master, Path model, String input, Path output, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--model",
                model.toString(),
                "--input",
                input,
                "--output",
                output.toString(),
                "--master",
                master));
    arguments.addAll(List.of(more));
    return Program.run(arguments.toArray(String[]::new));
  }

  /** What is new is added, in rounds; what is there stays as it is. */
  @Test
  void itScoresAnArchiveAndResumes() throws IOException {
    var output = folder.resolve("scores");
    var few = score(archive.model(), archive.images() + "/part-000*.png", output);
    assertEquals(0, few.exitCode(), few.err());
    assertTrue(few.out().contains("10 images scored, 0 were there before"), few.out());
    var before = files(output);

    var rest = score(output, "--commit-every", "8", "--images-per-task", "3");
    assertEquals(1, rest.exitCode(), "one image cannot be used: " + rest.err());
    assertTrue(rest.out().contains("21 of 21 images scored"), rest.out());
    assertTrue(rest.out().contains("21 images scored, 10 were there before"), rest.out());
    assertTrue(rest.out().contains(", 1 not usable"), rest.out());
    assertTrue(rest.out().lines().filter(line -> line.contains(" of 21 ")).count() > 1);
    assertTrue(files(output).containsAll(before));

    var idle = score(output);
    assertTrue(idle.out().contains("0 images scored, 31 were there before"), idle.out());
    var spark = LocalSpark.start(2);
    try {
      var rows = spark.read().parquet(output.toString());
      assertEquals(31, rows.count());
      archive.requireSame(rows);
      assertEquals(1, rows.where("outcome = 'unusable' AND score IS NULL").count());
      assertEquals(0, rows.where("outcome <> verdict").count());
    } finally {
      spark.stop();
    }
  }

  @Test
  void jsonHasTheSameDigits() {
    var output = folder.resolve("json");
    assertEquals(1, score(output, "--json", "--images-per-task", "10").exitCode());
    assertTrue(score(output, "--json").out().contains("0 images scored, 31 were there before"));
    var spark = LocalSpark.start(2);
    try {
      var schema = ScoreFolder.IMAGE;
      for (var field : new DetectionFields(false, false).type().fields()) {
        schema = schema.add(field);
      }
      archive.requireSame(spark.read().schema(schema).json(output.toString()));
    } finally {
      spark.stop();
    }
  }

  /** One clear line, an exit code, and nothing written. */
  @Test
  void whatCannotWorkIsToldInOneLine() throws IOException {
    var output = folder.resolve("refused");
    refused(
        "there is no model file " + folder.resolve("gone"),
        score(folder.resolve("gone"), archive.images().toString(), output));
    refused(
        "there are no images in " + folder + "/none",
        score(archive.model(), folder + "/none/*.png", output));
    // No program has this port, as it may have one that was free a moment ago.
    var nobody = "spark://127.0.0.1:1";
    refused(
        "the master " + nobody + " cannot be reached",
        on(nobody, archive.model(), archive.images().toString(), output));
    assertFalse(Files.exists(output));

    var foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("notes.txt"), "mine");
    refused("the output " + foreign + " is there already", score(foreign));

    var begun = folder.resolve("begun");
    assertEquals(0, score(archive.model(), archive.images() + "/part-0001.png", begun).exitCode());
    var other =
        TinyModelFile.write(
            folder.resolve("other.aand"), org.aand.api.SampleImages.draw(11, 40, 32));
    refused(
        "the output " + begun + " was begun with model",
        score(other, archive.images().toString(), begun));
    refused(
        "the output " + begun + " was begun with format parquet, not json", score(begun, "--json"));
    assertEquals(2, score(begun, "--images-per-task", "0").exitCode());

    var terms = new OutputClaim.Terms(Duration.ofMillis(100), Duration.ofSeconds(30));
    try (var writing =
        OutputClaim.requireFree(begun.toString(), new Configuration(), terms, waiting -> {})
            .take(() -> {})) {
      refused("another program writes to the output " + begun + " (process ", score(begun));
      writing.requireHeld();
    }
  }

  private static void refused(String why, Program program) {
    assertEquals(1, program.exitCode());
    assertTrue(program.err().startsWith("aand: " + why), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }

  private static List<String> files(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".parquet"))
          .map(Path::toString)
          .toList();
    }
  }
}
