package org.aand.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.experiment.ExperimentFile;
import org.aand.experiment.ExperimentRequest;
import org.aand.experiment.ExperimentRun;
import org.aand.experiment.JmhSource;
import org.aand.experiment.JmhSource.Engine;
import org.aand.experiment.PairedDifferences;
import org.aand.experiment.RunCluster;
import org.aand.pipeline.ImageSizeChoice;
import org.aand.pipeline.Recipe;
import org.aand.report.Protocol;
import org.aand.train.TrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code experiment}: trains what is missing of a table or figure of the paper. */
@Command(
    name = "experiment",
    description = "Trains and evaluates the models behind a table or figure of the paper.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "What is complete in the output folder is not done again: an interrupted run resumes where it"
          + " stopped, a failed one is tried again. Several processes may share the folder, and"
          + " several experiments. That is for two or three machines; --on spark is for more.",
      "",
      "Example:",
      "  aand experiment --config components --data mvtec=data/mvtec,visa=data/VisA \\",
      "                  --weights wide_resnet50_2.h5 --textures dtd/images --out paper"
    })
final class ExperimentCommand implements Callable<Integer> {
  private static final String HERE = "here";
  private static final String SPARK = "spark";

  /** A lost machine's claims end with its lease on the shared file system, usually 90 s. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "NAME|FILE",
      description = {
        "The experiment: teacher (Table I), main (II, III, IV), components (V), alternatives"
            + " (VI), residuals (VII), complexity (VIII), qualitative (Fig. 5),"
            + " feature-distribution (Fig. 6), memory-size and top-k (Fig. 7),"
            + " residual-intensity (Fig. 8), field (RD and AAND by both recipes, on data of your"
            + " own), methods (AAND and RD beside PaDiM and others, with training time, model size"
            + " and latency); or a JSON file."
      })
  private String config;

  @Option(
      names = "--data",
      required = true,
      split = ",",
      paramLabel = "KEY=DIR",
      description = {
        "Folders of data sets, by key. The paper's are mvtec, visa and mvtec3d; others have no"
            + " published values."
      })
  private Map<String, Path> data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder of runs, cells.csv, cells.json, figures and report.")
  private Path out;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seeds; every method and category is trained once with each (default: 0).")
  private List<Long> seeds;

  @Option(
      names = "--categories",
      split = ",",
      paramLabel = "NAME",
      description = "Categories to run (default: the experiment's, mostly all).")
  private List<String> categories = new ArrayList<>();

  @Mixin private TrainingOptions training;

  @Option(
      names = "--skip-bad",
      description = "Report and leave out test images that cannot be used.")
  private boolean skipBad;

  @Option(
      names = "--jmh",
      paramLabel = "FILE",
      description = {
        "With complexity: take the times from JMH's JSON (benchmarks.jar InferenceBenchmark"
            + " -rf json -rff FILE) instead of measuring them."
      })
  private @Nullable Path jmh;

  @Option(
      names = "--engine",
      paramLabel = "java|samediff",
      description = {
        "With --jmh: whose times to take (default: plain Java's if the file has them, else"
            + " SameDiff's)."
      })
  private @Nullable Engine engine;

  @Option(
      names = "--on",
      paramLabel = "here|spark",
      defaultValue = HERE,
      description = {
        "Where the runs are done: in this process (default), or on Apache Spark, each by one executor"
            + " with all its cores. All machines need the same folders under the same absolute"
            + " paths."
      })
  private String on;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "With --on spark: the cluster, where spark-submit does not name it: spark://HOST:7077.")
  private @Nullable String master;

  @Option(
      names = "--only",
      paramLabel = "RUN",
      description =
          "Do this run alone, named as the progress names it, and write no cells; for schedulers of"
              + " clusters. The same command without it then collects.")
  private @Nullable String only;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ExperimentCommand() {}

  @Override
  public Integer call() {
    var writer = spec.commandLine().getOut();
    var request = request();
    try (var progress = new ExperimentProgress(writer)) {
      if (only != null) {
        ExperimentRun.executeOne(request, progress, only, PATIENCE);
        return CommandLine.ExitCode.OK;
      }
      var outcome =
          on.equals(HERE)
              ? ExperimentRun.execute(request, progress)
              : ExperimentRun.executeOn(cluster(), request, progress);
      writer.println();
      for (var cell : outcome.failed()) {
        writer.println(
            String.format(
                Locale.ROOT,
                "failed: %s %s %s seed %d: %s",
                cell.dataset(),
                cell.category(),
                cell.row(),
                cell.seed(),
                cell.message()));
      }
      writer.println(
          String.format(
              Locale.ROOT,
              "%d cells done, %d failed, %d being done by other processes",
              outcome.cells().size() - outcome.failed().size(),
              outcome.failed().size(),
              outcome.missing()));
      PairedDifferences.lines(request.experiment(), outcome.cells()).forEach(writer::println);
      writer.println("Cells: " + out.resolve("cells.csv"));
      writer.println("Report: " + outcome.page());
      return outcome.failed().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  /** The cluster, whose processes are given the words of this one. */
  private RunCluster cluster() {
    var kind =
        RunCluster.named(on)
            .orElseThrow(
                () ->
                    new InputException(
                        on.equals(SPARK)
                            ? "Spark is not on the class path; start the same experiment by"
                                + " spark-submit --master URL --class"
                                + " org.aand.spark.experiment.Experiment --jars aand.jar"
                                + " aand-spark.jar"
                            : "there is no cluster of the kind " + on + "; take spark, or here"));
    requireAbsolutePaths();
    var words = spec.root().commandLine().getParseResult().originalArgs();
    return kind.of(Optional.ofNullable(master), words);
  }

  /** The processes of a cluster have working folders of their own. */
  private void requireAbsolutePaths() {
    var paths = new ArrayList<Path>(data.values());
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(option -> (Object) option.getValue())
        .filter(Path.class::isInstance)
        .forEach(value -> paths.add((Path) value));
    if (Files.exists(Path.of(config))) {
      paths.add(Path.of(config));
    }
    for (var path : paths) {
      if (!path.isAbsolute()) {
        throw new InputException(
            "the path "
                + path
                + " is relative, and the machines of a cluster have other working folders; give it"
                + " in full");
      }
    }
  }

  private Optional<JmhSource> times() {
    if (jmh == null && engine != null) {
      throw new IllegalArgumentException("--engine chooses among the times of --jmh; name both");
    }
    return Optional.ofNullable(jmh).map(file -> new JmhSource(file, Optional.ofNullable(engine)));
  }

  /** One size for all categories, so that what they cost can be compared. */
  private ImageSize imageSize() {
    if (training.imageSize() instanceof ImageSizeChoice.Stated stated) {
      return stated.size();
    }
    throw new IllegalArgumentException(
        "--image-size " + ImageSizeChoice.AUTO + " is for train; state a size for an experiment");
  }

  private ExperimentRequest request() {
    var experiment = ExperimentFile.open(config);
    var folders = new LinkedHashMap<String, Path>();
    data.forEach((key, folder) -> folders.put(key.toLowerCase(Locale.ROOT), folder));
    try {
      return ExperimentRequest.builder(experiment, training.backbone(), training.teacher(0), out)
          .data(folders)
          .seeds(seeds)
          .categories(Set.copyOf(categories))
          .protocol(Protocol.named(training.protocol))
          .textures(Optional.ofNullable(training.textures))
          .imageSize(imageSize())
          .training(training.settings(new TrainingSettings(), Recipe.PAPER, 0))
          .timeBudget(training.timeBudget(false, Recipe.PAPER))
          .skipBad(skipBad)
          .jmh(times())
          .commandLine(RunSummary.commandLine(spec))
          .build();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
