package org.aand.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.aand.report.Method;
import org.aand.teacher.Backbone;
import org.aand.train.TrainingSettings;

/**
 * What a training run is asked to do.
 *
 * @param data folder of the data set
 * @param category its name in it
 * @param backbone of the teacher
 * @param teacher where its weights come from
 * @param textures folder of textures for synthetic anomalies; generated ones where absent
 * @param method AAND, or RD by the same code without RAA and hard distillation
 * @param imageSize width and height of the network's input
 * @param training schedule and losses
 * @param skipBad whether an unusable test image is left out
 * @param out the run folder
 * @param commandLine as it was given
 * @param calibration which good images are set aside for calibration
 */
public record TrainRequest(
    Path data,
    String category,
    Backbone backbone,
    TeacherChoice teacher,
    Optional<Path> textures,
    Method method,
    int imageSize,
    TrainingSettings training,
    boolean skipBad,
    Path out,
    String commandLine,
    CalibrationChoice calibration) {

  /** A request with {@link CalibrationChoice#automatic}. */
  public TrainRequest(
      Path data,
      String category,
      Backbone backbone,
      TeacherChoice teacher,
      Optional<Path> textures,
      Method method,
      int imageSize,
      TrainingSettings training,
      boolean skipBad,
      Path out,
      String commandLine) {
    this(
        data,
        category,
        backbone,
        teacher,
        textures,
        method,
        imageSize,
        training,
        skipBad,
        out,
        commandLine,
        CalibrationChoice.automatic());
  }

  /** The settings as text, in the order to show them. */
  public Map<String, String> describe() {
    var text = new LinkedHashMap<String, String>();
    text.put("data", data.toString());
    text.put("category", category);
    text.put("method", method.key());
    text.put("backbone", backbone.name());
    text.put("textures", textures.map(Path::toString).orElse("generated"));
    text.put("image size", Integer.toString(imageSize));
    text.put("batch size", Integer.toString(training.batchSize()));
    if (method == Method.AAND) {
      text.put("stage 1 epochs", Integer.toString(training.stage1Epochs()));
      text.put("focal alpha", number(training.stage1().focal().alpha()));
      text.put("focal gamma", number(training.stage1().focal().gamma()));
      text.put("amplification margin", number(training.stage1().margin()));
      text.put("amplification weight", number(training.stage1().amplificationWeight()));
      text.put("hardest locations", Integer.toString(training.stage2().hardest()));
    }
    text.put("stage 2 epochs", Integer.toString(training.stage2Epochs()));
    text.put("learning rate", number(training.schedule().base()));
    text.put("learning rate factor at 80 % and 90 %", number(training.schedule().factor()));
    text.put("Adam beta1", number(training.adam().beta1()));
    text.put("Adam beta2", number(training.adam().beta2()));
    text.put("seed", Long.toString(training.seed()));
    return text;
  }

  private static String number(double value) {
    return Double.toString(value);
  }
}
