package org.aand.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.IOException;
import java.util.Map;
import org.aand.common.InputException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Scores the images of a pattern that the output does not hold yet, in rounds: what a round found
 * becomes part of the output in one step, so that a program that is killed has lost one round at
 * most. Paths alone are shuffled before the images are read; they are read, decoded and scored by
 * one task.
 */
final class ScoreRun {
  /** Images of one round for each core, unless the user says otherwise: some minutes. */
  private static final long ROUND_PER_CORE = 1000;

  private static final String DETECTION = "detection";

  private final ScoreRequest request;
  private final ScoreFolder folder;
  private final AnomalyDetectionModel transformer;
  private final ShippedModel model;
  private final SparkSession session;

  private ScoreRun(
      ScoreRequest request, ModelContent model, ScoreFolder folder, SparkSession session) {
    this.request = request;
    this.folder = folder;
    this.session = session;
    // Once for all rounds, so that all are scored by the same one, whatever becomes of the file.
    this.model = ShippedModel.of(session, model);
    transformer =
        AnomalyDetectionModel.of(request.model())
            .setInputCol("path")
            .setOutputCol(DETECTION)
            .setWithMap(request.fields().map())
            .setWithHeatmap(request.fields().heatmap());
  }

  /**
   * What came out.
   *
   * @param before images that the output held already
   * @param scored images of this run, unusable ones among them
   * @param counts of the whole output by outcome
   */
  record Result(long before, long scored, Map<String, Long> counts) {}

  /** Is told how it goes. */
  @FunctionalInterface
  interface Progress {
    /** So many images of all that were left are scored and in the output. */
    void scored(long images, long all);
  }

  /**
   * Runs to the end.
   *
   * @throws InputException if there are no images, or another program writes to the output
   * @throws IOException if the claim on the output cannot be read
   */
  static Result execute(
      ScoreRequest request,
      ModelContent model,
      ScoreFolder folder,
      SparkSession session,
      Progress progress)
      throws IOException {
    return new ScoreRun(request, model, folder, session).execute(progress);
  }

  private Result execute(Progress progress) throws IOException {
    var listed = listed();
    if (listed.isEmpty()) {
      throw noImages(null);
    }
    try (var claim = folder.begin(() -> session.sparkContext().cancelAllJobs())) {
      return execute(listed, claim, progress);
    }
  }

  private Result execute(Dataset<Row> listed, OutputClaim claim, Progress progress)
      throws IOException {
    var done = folder.done(session);
    long before = done.count();
    claim.requireHeld();
    var left =
        folder.keepList(listed.join(done, ScoreFolder.IMAGE.fieldNames(), "left_anti"), session);
    long all = left.count();
    long size =
        request.commitEvery() > 0
            ? request.commitEvery()
            : ROUND_PER_CORE * session.sparkContext().defaultParallelism();
    long rounds = (all + size - 1) / size;
    long scored = 0;
    for (long round = 0; round < rounds; round++) {
      claim.requireHeld();
      var images = left.where(pmod(xxhash64(col("path")), lit(rounds)).equalTo(lit(round)));
      scored += score(images, claim);
      progress.scored(scored, all);
    }
    folder.forgetList();
    return new Result(before, scored, folder.counts(session));
  }

  private Dataset<Row> listed() {
    try {
      return session
          .read()
          .format("binaryFile")
          .option("recursiveFileLookup", true)
          .load(request.input())
          .select("path", "modificationTime", "length");
    } catch (Exception e) {
      // Scala's checked exceptions are not declared to Java.
      if (e instanceof AnalysisException) {
        throw noImages(e);
      }
      throw e;
    }
  }

  private InputException noImages(@Nullable Exception cause) {
    var message = "there are no images in " + request.input() + "; check --input";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }

  private long score(Dataset<Row> images, OutputClaim claim) throws IOException {
    long count = images.count();
    if (count > 0) {
      int tasks =
          (int) Math.max(1, (count + request.imagesPerTask() - 1) / request.imagesPerTask());
      var rows =
          transformer
              .transform(images.repartition(tasks), model)
              .select(col("path"), col("modificationTime"), col("length"), col(DETECTION + ".*"))
              .withColumn(ScoreFolder.OUTCOME, coalesce(col("verdict"), lit(ScoreFolder.UNUSABLE)));
      try {
        folder.add(rows, count);
      } catch (Exception e) {
        // A program that lost the output is cancelled, which is not what its user has to know.
        claim.requireHeld();
        throw e;
      }
    }
    return count;
  }
}
