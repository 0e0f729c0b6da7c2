package org.aand.spark;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The folder that scores are written to: files of rows in a folder {@code outcome=...} each for
 * normal, anomalous, undecided and unusable images, and a file that says by which model, so that
 * only the same request resumes in it. Readers pass over folders whose names begin with an
 * underscore.
 */
final class ScoreFolder {
  /** What is said about the folder. */
  static final String MARKER = "_aand/score.json";

  /** What becomes of an image, as the folder's name has it. */
  static final String OUTCOME = "outcome";

  /** The images that this run scores. */
  private static final String LIST = "_aand/left";

  /** The outcome where there is no verdict. */
  static final String UNUSABLE = "unusable";

  /** What tells an image apart: a file that is replaced is another image. */
  static final StructType IMAGE =
      new StructType()
          .add("path", StringType)
          .add("modificationTime", TimestampType)
          .add("length", LongType);

  /** Rows of a file at most: some ten megabytes, or as much with maps. */
  private static final long ROWS = 100_000;

  private static final long ROWS_WITH_MAPS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ScoreRequest request;
  private final Configuration hadoop;
  private final Map<String, String> said;
  private final OutputClaim.Vacancy vacancy;

  private ScoreFolder(
      ScoreRequest request,
      Configuration hadoop,
      Map<String, String> said,
      OutputClaim.Vacancy vacancy) {
    this.request = request;
    this.hadoop = hadoop;
    this.said = said;
    this.vacancy = vacancy;
  }

  /**
   * Checks an output; nothing is written before {@link #begin}.
   *
   * @param waiting is told when it takes longer to see whether another program writes to it
   * @throws InputException if the folder holds something else, or another program writes to it
   */
  static ScoreFolder of(
      ScoreRequest request, ModelContent model, Configuration hadoop, Consumer<String> waiting) {
    var said = marker(request, model);
    return on(
        request.output(),
        hadoop,
        (system, folder, marker) -> {
          check(request.output(), said, system, folder, marker);
          var vacancy =
              OutputClaim.requireFree(request.output(), hadoop, OutputClaim.Terms.USUAL, waiting);
          return new ScoreFolder(request, hadoop, said, vacancy);
        });
  }

  /** What is done on the output's file system. */
  @FunctionalInterface
  private interface Work<T> {
    T on(FileSystem system, Path folder, Path marker) throws IOException;
  }

  private static <T> T on(String output, Configuration hadoop, Work<T> work) {
    try {
      var folder = new Path(output);
      return work.on(folder.getFileSystem(hadoop), folder, new Path(folder, MARKER));
    } catch (IOException e) {
      throw unusable(output, IoReason.of(e), e);
    } catch (IllegalArgumentException e) {
      throw unusable(output, String.valueOf(e.getMessage()), e);
    }
  }

  private static InputException unusable(String output, String why, Exception e) {
    return new InputException("the output " + output + " cannot be used (" + why + ")", e);
  }

  private static void check(
      String output, Map<String, String> said, FileSystem system, Path folder, Path marker)
      throws IOException {
    if (system.exists(marker)) {
      requireSame(output, said, read(marker, system));
    } else if (system.exists(folder)
        && (!system.getFileStatus(folder).isDirectory() || system.listStatus(folder).length > 0)) {
      throw new InputException(
          "the output " + output + " is there already and was not begun by Score; name another");
    }
  }

  /**
   * Makes the output this program's.
   *
   * @param whenLost is called if another program takes the output over meanwhile
   * @return the right to write to it; to be closed by the caller
   * @throws InputException if it cannot be written, or another program was faster
   */
  OutputClaim begin(Runnable whenLost) {
    return on(
        request.output(),
        hadoop,
        (system, folder, marker) -> {
          var claim = vacancy.take(whenLost);
          try {
            mark(system, marker);
            return claim;
          } catch (IOException | RuntimeException e) {
            claim.close();
            throw e;
          }
        });
  }

  /** Another program may have begun, and ended, since the output was checked. */
  private void mark(FileSystem system, Path marker) throws IOException {
    if (system.exists(marker)) {
      requireSame(request.output(), said, read(marker, system));
      return;
    }
    try (var out = system.create(marker, false)) {
      out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(said));
    }
  }

  private static Map<String, String> marker(ScoreRequest request, ModelContent model) {
    var said = new LinkedHashMap<String, String>();
    said.put("writtenBy", "aand-score 1");
    said.put("model", model.sha256());
    said.put("format", request.format().key());
    said.put("maps", Boolean.toString(request.fields().map()));
    said.put("heatmaps", Boolean.toString(request.fields().heatmap()));
    return said;
  }

  private static JsonNode read(Path marker, FileSystem system) throws IOException {
    try (var in = system.open(marker)) {
      return JSON.readTree(in.readAllBytes());
    }
  }

  private static void requireSame(String output, Map<String, String> said, JsonNode begun) {
    for (var one : said.entrySet()) {
      var before = begun.path(one.getKey()).asText();
      if (!before.equals(one.getValue())) {
        throw new InputException(
            "the output "
                + output
                + " was begun with "
                + one.getKey()
                + " "
                + before
                + ", not "
                + one.getValue()
                + "; give the same options, or name another output");
      }
    }
  }

  /** The images whose results are complete. */
  Dataset<Row> done(SparkSession session) {
    return session
        .read()
        .schema(IMAGE)
        .format(request.format().key())
        .load(request.output())
        .select("path", "modificationTime", "length");
  }

  /**
   * Keeps the list of what is left on the file system, so that it is made once and outlasts every
   * executor.
   */
  Dataset<Row> keepList(Dataset<Row> left, SparkSession session) {
    left.write().mode(SaveMode.Overwrite).parquet(list().toString());
    return session.read().schema(IMAGE).parquet(list().toString());
  }

  /** Deletes the list. */
  void forgetList() {
    on(request.output(), hadoop, (system, folder, marker) -> system.delete(list(), true));
  }

  private Path list() {
    return new Path(request.output(), LIST);
  }

  /** How many images there are of each outcome. */
  Map<String, Long> counts(SparkSession session) {
    var counts = new LinkedHashMap<String, Long>();
    session
        .read()
        .schema(new StructType().add("path", StringType).add(OUTCOME, StringType))
        .format(request.format().key())
        .load(request.output())
        .groupBy(OUTCOME)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  /** Adds rows; all of them are there afterwards, or, if the program ends before, none. */
  void add(Dataset<Row> rows, long count) {
    boolean large = request.fields().map() || request.fields().heatmap();
    int files = (int) Math.max(1, count / (large ? ROWS_WITH_MAPS : ROWS));
    var writer = rows.repartition(files).write().mode(SaveMode.Append).partitionBy(OUTCOME);
    writer.format(request.format().key()).save(request.output());
  }
}
