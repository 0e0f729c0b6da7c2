package org.aand.spark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aand.common.InputException;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program that spark-submit starts to score an archive of images. */
@Command(
    name = "spark-submit ... --class org.aand.spark.Score aand-spark.jar",
    description = "Detects anomalies in an archive of images on Apache Spark.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all images are scored",
      "1:something failed, or some images could not be used",
      "2:wrong usage"
    },
    footer = {
      "",
      "What the output holds is not scored again: the same command resumes after an interruption,",
      "and adds what has come since. One program at a time writes to an output; a second one is",
      "refused.",
      "",
      "Example:",
      "  spark-submit --master spark://HOST:7077 --class org.aand.spark.Score aand-spark.jar \\",
      "    --model hdfs:///models/bottle.aand --input 'hdfs:///line1/2026-11/*.png' \\",
      "    --output hdfs:///scores/line1-2026-11"
    })
public final class Score implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "A model file, or the run folder that it is in, on any of Hadoop's systems.")
  private String model;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATTERN",
      description = "A folder (with all below), a file, or a pattern in quotes.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the rows, by outcome; a new one, or one to resume.")
  private String output;

  @Option(names = "--json", description = "Write lines of JSON instead of Parquet.")
  private boolean json;

  @Option(names = "--maps", description = "Add each image's anomaly map.")
  private boolean maps;

  @Option(names = "--heatmaps", description = "Add each image's heatmap, a PNG.")
  private boolean heatmaps;

  @Option(
      names = "--images-per-task",
      paramLabel = "N",
      defaultValue = "50",
      description = "Images that a task scores (default: ${DEFAULT-VALUE}).")
  private int imagesPerTask;

  @Option(
      names = "--commit-every",
      paramLabel = "N",
      defaultValue = "0",
      description = "Complete the output after so many images (default: 1000 a core).")
  private long commitEvery;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "The cluster, where spark-submit does not name it: spark://HOST:7077, local[*].")
  private @Nullable String master;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  Score() {}

  /** Runs the program and, unless all went well, ends the JVM with the exit code. */
  public static void main(String[] arguments) {
    int code =
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Runs the program; the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var commandLine = new CommandLine(new Score()).setOut(out).setErr(err);
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          err.println("aand: " + line(failure));
          return CommandLine.ExitCode.SOFTWARE;
        });
    return commandLine.execute(arguments);
  }

  private static String line(Exception failure) {
    return failure instanceof InputException
        ? String.valueOf(failure.getMessage())
        : "the job failed: "
            + ClusterSession.reason(failure)
            + "; what is complete is kept, start again to resume";
  }

  @Override
  public Integer call() throws IOException {
    var request = request();
    var settings = ClusterSession.settings("aand score", Optional.ofNullable(master));
    var hadoop = SparkHadoopUtil.get().newConfiguration(settings);
    var content = ModelContent.read(model, hadoop);
    var folder = ScoreFolder.of(request, content, hadoop, this::print);
    try (var session = ClusterSession.open(settings)) {
      return end(ScoreRun.execute(request, content, folder, session, this::progress));
    }
  }

  private ScoreRequest request() {
    try {
      return new ScoreRequest(
          model,
          input,
          output,
          json ? ScoreRequest.Format.JSON : ScoreRequest.Format.PARQUET,
          new DetectionFields(maps, heatmaps),
          imagesPerTask,
          commitEvery);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void progress(long images, long all) {
    print(String.format(Locale.ROOT, "%d of %d images scored", images, all));
  }

  private int end(ScoreRun.Result result) {
    var counts = result.counts();
    print(
        String.format(
            Locale.ROOT,
            "%d images scored, %d were there before; in all %d anomalous, %d normal%s, %d not"
                + " usable",
            result.scored(),
            result.before(),
            of(counts, "anomalous"),
            of(counts, "normal"),
            of(counts, "undecided") == 0
                ? ""
                : ", "
                    + of(counts, "undecided")
                    + " undecided (the model has no threshold; run calibrate)",
            of(counts, ScoreFolder.UNUSABLE)));
    print("Scores: " + output);
    return of(counts, ScoreFolder.UNUSABLE) > 0
        ? CommandLine.ExitCode.SOFTWARE
        : CommandLine.ExitCode.OK;
  }

  private static long of(Map<String, Long> counts, String outcome) {
    return counts.getOrDefault(outcome, 0L);
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }
}
