package org.aand.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aand.api.AnomalyDetector;
import org.aand.common.InputException;
import org.aand.model.TinyModelFile;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model in data frames, in pipelines, in SQL and in streams, as predict has it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class AnomalyDetectionModelTest {
  private static Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // drawn before all tests
  private static SampleArchive archive;

  @SuppressWarnings("NullAway.Init") // opened before all tests
  private static SparkSession spark;

  @BeforeAll
  static void start(@TempDir Path temporary) throws IOException {
    folder = temporary;
    archive = SampleArchive.draw(folder, 24).withCorrupt("torn.png");
    spark = LocalSpark.start(2);
  }

  /** The tasks ran in this process: their detector is gone with the application. */
  @AfterAll
  static void stop() {
    assertTrue(ExecutorDetectors.count() > 0, "tasks leave the detector open for the next ones");
    assertTrue(ExecutorDetectors.count() <= ExecutorDetectors.IDLE);
    spark.stop();
    assertEquals(0, ExecutorDetectors.count());
  }

  private static Dataset<Row> images() {
    return spark.read().format("binaryFile").load(archive.images().toString());
  }

  private static AnomalyDetectionModel model() {
    return AnomalyDetectionModel.of(archive.model().toString());
  }

  private static Dataset<Row> flat(Dataset<Row> scored) {
    return scored.select("path", "detection.*");
  }

  @Test
  void bytesGiveWhatPredictGives() {
    var rows = archive.requireSame(flat(model().transform(images().repartition(5))));
    assertEquals(25, rows.size());
  }

  @Test
  void pathsGiveTheSame() {
    var paths = images().select("path");
    for (int batch : new int[] {1, 7}) {
      archive.requireSame(
          flat(model().setInputCol("path").setBatchSize(batch).transform(paths.repartition(3))));
    }
  }

  @Test
  void anImageThatCannotBeUsedIsARow() {
    for (var input : new String[] {"content", "path"}) {
      var rows = archive.requireSame(flat(model().setInputCol(input).transform(images())));
      var torn = SampleArchive.row(rows, "torn.png");
      assertFalse(torn.has("score") || torn.has("verdict"), torn.toString());
      var error = torn.get("error").asText();
      assertEquals(1, error.lines().count());
      assertTrue(error.contains(input.equals("path") ? "torn.png" : "the image"), error);
    }
    var gone = spark.sql("SELECT 'file:" + folder.resolve("gone.png") + "' AS path");
    var row = flat(model().setInputCol("path").transform(gone)).first();
    assertTrue(row.<String>getAs("error").contains("gone.png"), row.toString());
  }

  @Test
  void mapAndHeatmapComeOnRequest() throws IOException {
    var first = archive.images().resolve("part-0003.png");
    var row =
        model()
            .setWithMap(true)
            .setWithHeatmap(true)
            .transform(spark.read().format("binaryFile").load(first.toString()))
            .select("detection.*")
            .first();
    try (var detector = AnomalyDetector.load(archive.model())) {
      var found = detector.detect(Files.readAllBytes(first));
      var map = row.<Float>getList(row.fieldIndex("map"));
      float[] values = new float[map.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = map.get(i);
      }
      assertArrayEquals(found.map(), values);
      assertEquals(found.mapSize().height(), row.<Integer>getAs("mapHeight"));
      assertEquals(found.mapSize().width(), row.<Integer>getAs("mapWidth"));
      assertArrayEquals(found.heatmap(), row.<byte[]>getAs("heatmap"));
    }
  }

  /** The model goes with the pipeline, wherever that is moved to. */
  @Test
  void aPipelineIsWrittenMovedAndRead() throws IOException {
    var own = Files.copy(archive.model(), folder.resolve("own.aand"));
    var stage = AnomalyDetectionModel.of(own.toString()).setOutputCol("found").setBatchSize(3);
    var pipeline = new Pipeline().setStages(new PipelineStage[] {stage}).fit(images());
    pipeline.write().save(folder.resolve("written").toString());
    Files.move(folder.resolve("written"), folder.resolve("moved"));
    Files.delete(own);

    var read = PipelineModel.load(folder.resolve("moved").toString());
    archive.requireSame(read.transform(images()).select("path", "found.*"));
    var copy = (AnomalyDetectionModel) read.stages()[0];
    assertEquals(stage.uid(), copy.uid());
    assertEquals(3, copy.getOrDefault(copy.batchSize()));
  }

  @Test
  void itIsAFunctionOfSql() {
    model().register(spark, "detect_anomalies");
    images().createOrReplaceTempView("images");
    var rows =
        spark.sql(
            "SELECT path, found.* FROM (SELECT path, detect_anomalies(content) found FROM images)");
    archive.requireSame(rows);
    var expected =
        archive.expected().values().stream()
            .filter(row -> row.path("verdict").asText().equals("anomalous"))
            .count();
    assertEquals(
        expected, spark.sql("SELECT * FROM images WHERE detect_anomalies(path).anomalous").count());
  }

  /** What would fail in every task fails before the first. */
  @Test
  void whatCannotWorkIsToldBeforeATaskStarts() throws IOException {
    var text = Files.writeString(folder.resolve("text.aand"), "no model");
    var newer = newer(folder.resolve("newer.aand"));
    var numbers = spark.sql("SELECT 5 AS content");
    refused("no model is named", new AnomalyDetectionModel());
    refused("there is no model file " + folder.resolve("gone"), folder.resolve("gone"));
    refused(text + " is not a model file", text);
    refused("the model " + newer + " was written by a newer version", newer);
    refused("there is no column bytes among", model().setInputCol("bytes"));
    refused("there is a column path already", model().setOutputCol("path"));
    var e = assertThrows(InputException.class, () -> model().transform(numbers));
    assertEquals(
        "the column content is of type int; images are binary (a file's bytes) or string (its"
            + " path)",
        e.getMessage());
  }

  private static void refused(String why, Path model) {
    refused(why, AnomalyDetectionModel.of(model.toString()));
  }

  private static void refused(String why, AnomalyDetectionModel model) {
    var images = images();
    var e = assertThrows(InputException.class, () -> model.transform(images));
    var message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(why), message);
    assertEquals(1, message.lines().count());
  }

  /** The tiny model, said to be of a format that is still to come. */
  private static Path newer(Path file) throws IOException {
    Files.copy(archive.model(), file, StandardCopyOption.REPLACE_EXISTING);
    try (var zip =
        FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), java.util.Map.of())) {
      var manifest = zip.getPath("manifest.json");
      var text = Files.readString(manifest, StandardCharsets.UTF_8);
      Files.writeString(manifest, text.replaceFirst("\"version\" ?: ?2", "\"version\": 99"));
    }
    return file;
  }

  /** Detectors of models that follow each other do not pile up. */
  @Test
  void idleDetectorsAreClosed() {
    for (int i = 0; i < 4; i++) {
      var normals = org.aand.api.SampleImages.draw(10 + i, 40, 32);
      var file = TinyModelFile.write(folder.resolve("model-" + i + ".aand"), normals);
      AnomalyDetectionModel.of(file.toString())
          .transform(images())
          .write()
          .format("noop")
          .mode("overwrite")
          .save();
    }
    assertTrue(ExecutorDetectors.count() <= ExecutorDetectors.IDLE);
  }

  /** Images come while a program runs, which is killed in a batch; another resumes: each once. */
  @Test
  void aStreamDetectsEachImageOnceThoughItsProgramIsKilled() throws Exception {
    var places =
        new StreamProgram.Places(
            archive.model(),
            Files.createDirectories(folder.resolve("arriving")),
            folder.resolve("checkpoint"),
            folder.resolve("streamed"));
    var names = new ArrayList<>(archive.expected().keySet());
    copy(names.subList(0, 12), places.arriving());
    var program = StreamProgram.start(places, folder.resolve("stream.log"));
    try {
      awaitBatch(program, places.checkpoint(), 1);
      copy(names.subList(12, 20), places.arriving());
      killInBatch(program, places.checkpoint(), 2);
    } finally {
      program.destroyForcibly().waitFor();
    }
    long begun = batches(places.checkpoint(), "offsets");
    long ended = batches(places.checkpoint(), "commits");
    assertEquals(ended + 1, begun, "killed in a batch");
    copy(names.subList(20, names.size()), places.arriving());
    StreamProgram.query(spark, places, Trigger.AvailableNow()).awaitTermination();

    var rows = spark.read().parquet(places.rows().toString());
    assertEquals(names.size(), rows.count());
    archive.requireSame(rows);
  }

  /** Until so many batches have ended, and the next is under way. */
  private static void awaitBatch(Process program, Path checkpoint, int ended) throws Exception {
    while (batches(checkpoint, "commits") < ended
        || batches(checkpoint, "offsets") <= batches(checkpoint, "commits")) {
      assertTrue(program.isAlive(), () -> "see " + folder.resolve("stream.log"));
      Thread.sleep(5);
    }
  }

  /** It stands still while it is made sure that the batch has not ended meanwhile. */
  private static void killInBatch(Process program, Path checkpoint, int ended) throws Exception {
    while (true) {
      awaitBatch(program, checkpoint, ended);
      signal(program, "STOP");
      if (batches(checkpoint, "offsets") > batches(checkpoint, "commits")) {
        program.destroyForcibly().waitFor();
        return;
      }
      signal(program, "CONT");
    }
  }

  private static void signal(Process program, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(program.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  private static long batches(Path checkpoint, String kind) throws IOException {
    var folder = checkpoint.resolve(kind);
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches("\\d+")).count();
    }
  }

  private static void copy(List<String> names, Path arriving) throws IOException {
    for (var name : names) {
      Files.copy(archive.images().resolve(name), arriving.resolve(name));
    }
  }
}
