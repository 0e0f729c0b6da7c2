package org.aand.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one run of one method on one category gave: the record behind {@code result.json} and the
 * report. Component names are the JSON's keys, in this order.
 *
 * @param schemaVersion "major.minor" of the JSON's shape, see {@link #SCHEMA_VERSION}
 * @param command the kind of run: "train", "evaluate", ...
 * @param dataset the data set's name, such as "mvtec"
 * @param category the category in it, such as "bottle"
 * @param method the detection method
 * @param protocol how the evaluated checkpoint was chosen
 * @param backbone the teacher's architecture, such as "resnet18"
 * @param teacher where its weights come from
 * @param metrics value by key. Always holds the keys of all {@link Metric}s, in their order, then
 *     whatever else was given; {@code null} where not computed or undefined (NaN is taken as that)
 * @param confidenceIntervals interval by metric key; empty if none was estimated
 * @param threshold what the model's own threshold does, {@code null} for an uncalibrated model;
 *     since version 1.1
 * @param configuration the run's settings as text, in the order to show them
 * @param trainImages the number of training images, {@code null} when nothing was trained
 * @param candidates the methods that were tried where the run chose one, in the order of trying;
 *     since version 1.3
 * @param stages the stages that were trained; empty when a saved model was evaluated
 * @param peakMemoryBytes the largest resident set of the process, {@code null} if not measured
 * @param imagesPerSecond the rate of detection, {@code null} if not measured
 * @param provenance seed, versions, machine, data
 * @param skipped files left out because they could not be used
 * @param images the score of every test image
 */
public record RunResult(
    String schemaVersion,
    String command,
    String dataset,
    String category,
    Method method,
    Protocol protocol,
    String backbone,
    Teacher teacher,
    Map<String, @Nullable Double> metrics,
    Map<String, Interval> confidenceIntervals,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ThresholdResult threshold,
    Map<String, String> configuration,
    @Nullable Integer trainImages,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Candidate> candidates,
    List<Stage> stages,
    @Nullable Long peakMemoryBytes,
    @Nullable Double imagesPerSecond,
    Provenance provenance,
    List<SkippedFile> skipped,
    List<ScoredImage> images) {

  /**
   * The version written now. A change of the minor number adds keys, which older readers ignore; a
   * change of the major number breaks them, and they refuse the file. 1.2 has more metrics than
   * 1.1, 1.3 the methods that were tried.
   */
  public static final String SCHEMA_VERSION = "1.3";

  /**
   * @throws NullPointerException if something that may not be {@code null} is
   */
  public RunResult {
    requireNonNull(schemaVersion, "schemaVersion");
    requireNonNull(command, "command");
    requireNonNull(dataset, "dataset");
    requireNonNull(category, "category");
    requireNonNull(method, "method");
    requireNonNull(protocol, "protocol");
    requireNonNull(backbone, "backbone");
    requireNonNull(teacher, "teacher");
    requireNonNull(metrics, "metrics");
    var ordered = new LinkedHashMap<String, @Nullable Double>();
    for (Metric metric : Metric.values()) {
      ordered.put(metric.key(), null);
    }
    ordered.putAll(metrics);
    metrics = Values.finiteOrNull(ordered, "metrics");
    confidenceIntervals = Values.ordered(confidenceIntervals, "confidenceIntervals");
    configuration = Values.ordered(configuration, "configuration");
    // Files of earlier versions have none.
    candidates = candidates == null ? List.of() : List.copyOf(candidates);
    stages = List.copyOf(requireNonNull(stages, "stages"));
    requireNonNull(provenance, "provenance");
    skipped = List.copyOf(requireNonNull(skipped, "skipped"));
    images = List.copyOf(requireNonNull(images, "images"));
  }

  /** How the evaluated weights came to be chosen, half a sentence for people. */
  public String chosenBy() {
    return method.hasEpochs()
        ? protocol.description()
        : "fitted in one pass over the images; the test set decided nothing";
  }

  /** The value of a metric; empty where not computed or undefined. */
  public OptionalDouble metric(Metric metric) {
    Double value = metrics.get(metric.key());
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** A builder with what every result has; the rest starts empty. */
  public static Builder builder(
      Method method, String dataset, String category, Teacher teacher, Provenance provenance) {
    return new Builder(method, dataset, category, teacher, provenance);
  }

  /** Builds a {@link RunResult} step by step. Not thread-safe. */
  public static final class Builder {
    private final Method method;
    private final String dataset;
    private final String category;
    private final Teacher teacher;
    private final Provenance provenance;
    private String command = "train";
    private Protocol protocol = Protocol.LAST_EPOCH;
    private String backbone = "wide_resnet50_2";
    private final Map<String, @Nullable Double> metrics = new LinkedHashMap<>();
    private final Map<String, Interval> intervals = new LinkedHashMap<>();
    private @Nullable ThresholdResult threshold;
    private final Map<String, String> configuration = new LinkedHashMap<>();
    private @Nullable Integer trainImages;
    private List<Candidate> candidates = List.of();
    private final List<Stage> stages = new ArrayList<>();
    private @Nullable Long peakMemoryBytes;
    private @Nullable Double imagesPerSecond;
    private List<SkippedFile> skipped = List.of();
    private List<ScoredImage> images = List.of();

    private Builder(
        Method method, String dataset, String category, Teacher teacher, Provenance provenance) {
      this.method = method;
      this.dataset = dataset;
      this.category = category;
      this.teacher = teacher;
      this.provenance = provenance;
    }

    /** The kind of run; "train" unless set. */
    public Builder command(String value) {
      this.command = value;
      return this;
    }

    /** How the checkpoint was chosen; the last epoch unless set. */
    public Builder protocol(Protocol value) {
      this.protocol = value;
      return this;
    }

    /** The teacher's architecture; "wide_resnet50_2" unless set. */
    public Builder backbone(String value) {
      this.backbone = value;
      return this;
    }

    /** Adds a metric; NaN means undefined. */
    public Builder metric(Metric metric, double value) {
      return metric(metric.key(), value);
    }

    /** Adds a metric that {@link Metric} does not name. */
    public Builder metric(String key, double value) {
      metrics.put(key, value);
      return this;
    }

    /** Adds a metric's confidence interval. */
    public Builder confidenceInterval(Metric metric, Interval interval) {
      intervals.put(metric.key(), interval);
      return this;
    }

    /** What the model's own threshold does. */
    public Builder threshold(ThresholdResult value) {
      this.threshold = value;
      return this;
    }

    /** Adds a setting; numbers are text that does not depend on the locale. */
    public Builder setting(String name, String value) {
      configuration.put(name, value);
      return this;
    }

    /** The number of training images. */
    public Builder trainImages(int count) {
      this.trainImages = count;
      return this;
    }

    /** The methods that were tried. */
    public Builder candidates(List<Candidate> tried) {
      this.candidates = tried;
      return this;
    }

    /** Adds a trained stage. */
    public Builder stage(Stage stage) {
      stages.add(stage);
      return this;
    }

    /** The largest resident set in bytes. */
    public Builder peakMemoryBytes(long bytes) {
      this.peakMemoryBytes = bytes;
      return this;
    }

    /** The rate of detection. */
    public Builder imagesPerSecond(double rate) {
      this.imagesPerSecond = rate;
      return this;
    }

    /** The files left out. */
    public Builder skipped(List<SkippedFile> files) {
      this.skipped = files;
      return this;
    }

    /** The score of every test image. */
    public Builder images(List<ScoredImage> scores) {
      this.images = scores;
      return this;
    }

    /** The result, in the current schema version. */
    public RunResult build() {
      return new RunResult(
          SCHEMA_VERSION,
          command,
          dataset,
          category,
          method,
          protocol,
          backbone,
          teacher,
          metrics,
          intervals,
          threshold,
          configuration,
          trainImages,
          candidates,
          stages,
          peakMemoryBytes,
          imagesPerSecond,
          provenance,
          skipped,
          images);
    }
  }
}
