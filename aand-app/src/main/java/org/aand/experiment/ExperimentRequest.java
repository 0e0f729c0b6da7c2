package org.aand.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.TeacherChoice;
import org.aand.pipeline.TrainRequest;
import org.aand.report.Protocol;
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
 * @param teacher where its weights come from; random ones are drawn anew for each seed
 * @param textures folder of textures for synthetic anomalies; generated ones where absent
 * @param imageSize width and height of the network's input
 * @param training schedule and losses; the seed is that of each run
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
    int imageSize,
    TrainingSettings training,
    boolean skipBad,
    Optional<JmhSource> jmh,
    String commandLine) {

  /**
   * @throws IllegalArgumentException if there are no data or no seeds, the protocol has no epoch to
   *     choose, or JMH's times do not belong to it
   */
  public ExperimentRequest {
    data = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(data));
    seeds = seeds.stream().distinct().toList();
    categories = Set.copyOf(categories);
    TrainRequest.requireChoice(protocol, training);
    if (jmh.isPresent() && !experiment.cost()) {
      throw new IllegalArgumentException(
          "--jmh gives times, which "
              + experiment.name()
              + " does not have; use it with complexity");
    }
    if (jmh.isPresent() && imageSize != JmhTimes.IMAGE_SIZE) {
      throw new IllegalArgumentException(
          "JMH's times are of "
              + JmhTimes.IMAGE_SIZE
              + " pixels, not "
              + imageSize
              + "; leave --jmh or --image-size out");
    }
    if (data.isEmpty() || seeds.isEmpty()) {
      throw new IllegalArgumentException("an experiment needs data and at least one seed");
    }
  }

  /** What all runs of an output folder have in common, as text, in the order to show it. */
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("backbone", backbone.name());
    settings.put("weights", teacher.identity());
    settings.put("textures", textures.isPresent() ? "files" : "generated");
    settings.put("image size", Integer.toString(imageSize));
    settings.put("batch size", Integer.toString(training.batchSize()));
    settings.put("stage 1 epochs", Integer.toString(training.stage1Epochs()));
    settings.put("stage 2 epochs", Integer.toString(training.stage2Epochs()));
    return settings;
  }
}
