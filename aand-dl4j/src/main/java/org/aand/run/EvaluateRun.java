package org.aand.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aand.detect.DecisionRule;
import org.aand.detect.Detector;
import org.aand.detect.ModelFile;
import org.aand.io.InputException;
import org.aand.io.dataset.DatasetFingerprint;
import org.aand.io.dataset.MvtecLayout;
import org.aand.io.reader.Preprocessing;
import org.aand.report.Method;
import org.aand.report.RunResult;
import org.aand.report.Teacher;
import org.aand.report.page.Report;

/** Looks at a category's test images with a trained model and writes a run folder. */
public final class EvaluateRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluateRun() {}

  /**
   * What to evaluate.
   *
   * @param model a run folder, or a model file
   * @param data folder of the data set
   * @param category its name in it
   * @param skipBad whether an unusable test image is left out
   * @param out the run folder to write
   * @param commandLine as it was given
   */
  public record Request(
      Path model, Path data, String category, boolean skipBad, Path out, String commandLine) {}

  /**
   * Runs to the end.
   *
   * @throws InputException if something that the request names cannot be used
   */
  public static Report.Run execute(Request request, RunListener listener) {
    var started = Instant.now();
    var category = MvtecLayout.open(request.data(), request.category());
    var file = ModelFile.locate(request.model());
    var stored = ModelFile.read(file);
    try (var model = stored.model();
        var folder = RunFolder.begin(request.out());
        var detector = Detector.takingOver(model)) {
      var preprocessing = new Preprocessing(model.imageSize());
      listener.testing(category.test().size());
      var evaluation =
          Evaluation.of(
              detector, category.test(), preprocessing, request.skipBad(), listener::tested);
      var method = model.teacher().modules().isEmpty() ? Method.RD : Method.AAND;
      var teacher = JSON.treeToValue(stored.about(), Teacher.class);
      var settings = describe(request);
      var builder =
          RunResult.builder(
                  method,
                  ResultFolder.name(request.data()),
                  category.name(),
                  teacher,
                  Provenances.of(
                      0,
                      request.commandLine(),
                      Map.of("data", DatasetFingerprint.of(category).sha256()),
                      started))
              .command("evaluate")
              .backbone(model.teacher().backbone().name());
      var rule = DecisionRule.of(stored.notes());
      settings.forEach(builder::setting);
      ThresholdFigures.describe(evaluation, rule).forEach(builder::setting);
      var shown =
          new EvaluatedRun(evaluation, category.test(), preprocessing, rule)
              .report(method.label(), builder);
      ResultFolder.write(
          folder,
          out ->
              out.write(
                  JSON.writerWithDefaultPrettyPrinter()
                      .writeValueAsString(settings)
                      .getBytes(StandardCharsets.UTF_8)),
          shown);
      folder.publish();
      return shown;
    } catch (JsonProcessingException e) {
      throw new InputException(
          "the model " + file + " does not say where its teacher comes from; train it again", e);
    }
  }

  private static Map<String, String> describe(Request request) {
    var text = new LinkedHashMap<String, String>();
    text.put("model", request.model().toString());
    text.put("data", request.data().toString());
    text.put("category", request.category());
    return text;
  }
}
