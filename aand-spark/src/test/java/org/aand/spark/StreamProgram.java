package org.aand.spark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/** A stream of images through a model, as a program of its own, which can be killed. */
final class StreamProgram {
  private StreamProgram() {}

  /**
   * Where it reads and writes.
   *
   * @param model file
   * @param arriving folder that images come into
   * @param checkpoint folder from which it resumes
   * @param rows folder of its output
   */
  record Places(Path model, Path arriving, Path checkpoint, Path rows) {
    private List<String> words() {
      return List.of(model.toString(), arriving.toString(), checkpoint.toString(), rows.toString());
    }
  }

  /** Runs until it is killed. */
  public static void main(String[] places) throws Exception {
    try (var spark = LocalSpark.start(2)) {
      query(
              spark,
              new Places(
                  Path.of(places[0]), Path.of(places[1]), Path.of(places[2]), Path.of(places[3])),
              Trigger.ProcessingTime(0))
          .awaitTermination();
    }
  }

  /** Starts it as a process, with the class path and the modules of this one. */
  static Process start(Places places, Path log) throws IOException {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(StreamProgram.class.getName());
    command.addAll(places.words());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Starts the query in a session of one's own. */
  static StreamingQuery query(SparkSession spark, Places places, Trigger trigger) throws Exception {
    var images =
        spark
            .readStream()
            .format("binaryFile")
            .schema(spark.read().format("binaryFile").load(places.arriving().toString()).schema())
            .option("maxFilesPerTrigger", 2)
            .load(places.arriving().toString());
    return AnomalyDetectionModel.of(places.model().toString())
        .transform(images)
        .select("path", "detection.*")
        .writeStream()
        .format("parquet")
        .trigger(trigger)
        .option("checkpointLocation", places.checkpoint().toString())
        .start(places.rows().toString());
  }
}
