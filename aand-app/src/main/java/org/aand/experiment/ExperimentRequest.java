package org.aand.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aand.common.image.ImageSize;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.TeacherChoice;
import org.aand.pipeline.TrainRequest;
import org.aand.report.Protocol;
import org.aand.report.page.Numbers;
import org.aand.train.TrainingSettings;

/**
 * What an experiment is run on, and how.
 *
 * @param experiment what is run
 * @param data folder of each data set by its key, such as {@code mvtec}
 * @param out folder of runs, cells, figures and report; shared by experiments and processes
 * @param seeds of all randomness, one run each
 * @param categories those to run; the experiment's where empty
 * @param protocol how each stage's epoch is chosen
 * @param backbone of the teacher
 * @param teacher where its weights come from; random ones are drawn again for each seed
 * @param textures folder of textures for synthetic anomalies; generated ones where absent
 * @param imageSize width and height of the network's input
 * @param training schedule and losses; the seed is that of each run
 * @param timeBudget how long each run may take; absent for the epochs that are said
 * @param skipBad whether an unusable test image is left out
 * @param jmh the times of Table VIII; measured in this process where absent
 * @param commandLine as it was given
 */
public record ExperimentRequest(
    Experiment experiment,
    Map<String, Path> data,
    Path out,
    List<Long> seeds,
    Set<String> categories,
    Protocol protocol,
    Backbone backbone,
    TeacherChoice teacher,
    Optional<Path> textures,
    ImageSize imageSize,
    TrainingSettings training,
    Optional<Duration> timeBudget,
    boolean skipBad,
    Optional<JmhSource> jmh,
    String commandLine) {

  /**
   * @throws IllegalArgumentException if there are no data or no seeds, a method would not be
   *     trained at all, the protocol has no epoch to choose, or JMH's times do not belong to it
   */
  public ExperimentRequest {
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    seeds = seeds.stream().distinct().toList();
    categories = Set.copyOf(categories);
    for (var row : experiment.rows()) {
      if (row.trained()) {
        TrainRequest.requireTraining(row.variant(), training);
        TrainRequest.requireChoice(row.variant(), protocolOf(row, protocol), training);
      }
    }
    if (jmh.isPresent() && !experiment.cost()) {
      throw new IllegalArgumentException(
          "--jmh gives times, which "
              + experiment.name()
              + " does not have; use it with complexity");
    }
    if (jmh.isPresent() && !imageSize.equals(ImageSize.square(JmhTimes.IMAGE_SIZE))) {
      throw new IllegalArgumentException(
          "JMH's times are of "
              + JmhTimes.IMAGE_SIZE
              + " pixels, not "
              + imageSize.shortest()
              + "; leave --jmh or --image-size out");
    }
    if (data.isEmpty() || seeds.isEmpty()) {
      throw new IllegalArgumentException("an experiment needs data and at least one seed");
    }
  }

  /** How a row's epoch is chosen: where there is none to choose, the last one. */
  Protocol protocolOf(Experiment.Row row) {
    return protocolOf(row, protocol);
  }

  private static Protocol protocolOf(Experiment.Row row, Protocol protocol) {
    return row.variant().fitted() ? Protocol.LAST_EPOCH : protocol;
  }

  /** What all runs of an output folder have in common, as text, in the order to show it. */
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("backbone", backbone.name());
    settings.put("weights", teacher.identity());
    settings.put("textures", textures.isPresent() ? "files" : "generated");
    settings.put("image size", imageSize.shortest());
    timeBudget.ifPresent(budget -> settings.put("time budget", Numbers.duration(budget)));
    settings.put("batch size", Integer.toString(training.batchSize()));
    settings.put("stage 1 epochs", Integer.toString(training.stage1Epochs()));
    settings.put("stage 2 epochs", Integer.toString(training.stage2Epochs()));
    return settings;
  }

  /** A request with everything at its default but what has none. */
  public static Builder builder(
      Experiment experiment, Backbone backbone, TeacherChoice teacher, Path out) {
    return new Builder(experiment, backbone, teacher, out);
  }

  /** The same request, to be changed. */
  public Builder toBuilder() {
    return builder(experiment, backbone, teacher, out)
        .data(data)
        .seeds(seeds)
        .categories(categories)
        .protocol(protocol)
        .textures(textures)
        .imageSize(imageSize)
        .training(training)
        .timeBudget(timeBudget)
        .skipBad(skipBad)
        .jmh(jmh)
        .commandLine(commandLine);
  }

  /** Collects a request; what is not said is AAND's default. Data have to be named. */
  public static final class Builder {
    private final Experiment experiment;
    private final Backbone backbone;
    private final TeacherChoice teacher;
    private final Path out;
    private Map<String, Path> data = Map.of();
    private List<Long> seeds = List.of(0L);
    private Set<String> categories = Set.of();
    private Protocol protocol = Protocol.LAST_EPOCH;
    private Optional<Path> textures = Optional.empty();
    private ImageSize imageSize = ImageSize.square(256);
    private TrainingSettings training = new TrainingSettings();
    private Optional<Duration> timeBudget = Optional.empty();
    private boolean skipBad;
    private Optional<JmhSource> jmh = Optional.empty();
    private String commandLine = "";

    private Builder(Experiment experiment, Backbone backbone, TeacherChoice teacher, Path out) {
      this.experiment = experiment;
      this.backbone = backbone;
      this.teacher = teacher;
      this.out = out;
    }

    /** Folder of each data set by its key. */
    public Builder data(Map<String, Path> folders) {
      data = folders;
      return this;
    }

    /** Seeds of all randomness, one run each. */
    public Builder seeds(List<Long> all) {
      seeds = all;
      return this;
    }

    /** The categories to run; the experiment's where empty. */
    public Builder categories(Set<String> names) {
      categories = names;
      return this;
    }

    /** How each stage's epoch is chosen. */
    public Builder protocol(Protocol choice) {
      protocol = choice;
      return this;
    }

    /** Folder of textures for synthetic anomalies. */
    public Builder textures(Optional<Path> folder) {
      textures = folder;
      return this;
    }

    /** Width and height of the network's input. */
    public Builder imageSize(ImageSize pixels) {
      imageSize = pixels;
      return this;
    }

    /** Schedule and losses. */
    public Builder training(TrainingSettings settings) {
      training = settings;
      return this;
    }

    /** Whether an unusable test image is left out. */
    public Builder skipBad(boolean skips) {
      skipBad = skips;
      return this;
    }

    /** How long each run may take. */
    public Builder timeBudget(Optional<Duration> budget) {
      timeBudget = budget;
      return this;
    }

    /** JMH's JSON with the times of Table VIII. */
    public Builder jmh(Optional<JmhSource> source) {
      jmh = source;
      return this;
    }

    /** The command line as it was given, for the record. */
    public Builder commandLine(String words) {
      commandLine = words;
      return this;
    }

    /**
     * The request.
     *
     * @throws IllegalArgumentException if its parts do not go together
     */
    public ExperimentRequest build() {
      return new ExperimentRequest(
          experiment,
          data,
          out,
          seeds,
          categories,
          protocol,
          backbone,
          teacher,
          textures,
          imageSize,
          training,
          timeBudget,
          skipBad,
          jmh,
          commandLine);
    }
  }
}
