package org.aand.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aand.api.DecisionRule;
import org.aand.common.InputException;
import org.aand.common.listing.FileNames;
import org.aand.detect.DetectionEngine;
import org.aand.evaluation.Evaluation;
import org.aand.evaluation.EvaluationReport;
import org.aand.evaluation.ThresholdSummary;
import org.aand.io.dataset.DatasetFingerprint;
import org.aand.io.dataset.LayoutChoice;
import org.aand.report.Protocol;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.aand.report.Teacher;
import org.aand.report.page.Report;
import org.aand.runfolder.Provenances;
import org.aand.runfolder.ResultFolder;
import org.aand.runfolder.RunFolder;
import org.aand.variant.TrainedMethod;

/** Evaluates a category's test images with a trained model and writes a run folder. */
public final class EvaluateRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluateRun() {}

  /**
   * What to evaluate.
   *
   * @param model a run folder, or a model file
   * @param engine runs it
   * @param data folder of the data set
   * @param layout how it lies there
   * @param category its name in it
   * @param skipBad whether an unusable test image is left out
   * @param out the run folder to write
   * @param commandLine as it was given
   */
  public record Request(
      Path model,
      DetectionEngine engine,
      Path data,
      LayoutChoice layout,
      String category,
      boolean skipBad,
      Path out,
      String commandLine) {}

  /**
   * Runs to the end.
   *
   * @throws InputException if something that the request names cannot be used
   */
  public static Report.Run execute(Request request, RunListener listener) {
    var started = Instant.now();
    var category = request.layout().at(request.data()).open(request.category());
    if (category.test().isEmpty()) {
      throw new InputException(
          "there are no test images of " + category.name() + " in " + request.data());
    }
    try (var model = request.engine().open(request.model());
        var folder = RunFolder.begin(request.out())) {
      var notes = model.contents().notes();
      var network = model.contents().description();
      var preprocessing = network.preprocessing();
      listener.onTestStart(category.test().size());
      var evaluation =
          Evaluation.of(
              model, category.test(), preprocessing, request.skipBad(), listener::onImagesTested);
      var trained = TrainedMethod.of(model.contents());
      var variant = trained.variant();
      var teacher = JSON.treeToValue(notes.teacher(), Teacher.class);
      var settings = describe(request);
      var builder =
          RunResult.builder(
                  Methods.of(variant),
                  FileNames.last(request.data()),
                  category.name(),
                  teacher,
                  Provenances.of(
                      0,
                      request.commandLine(),
                      Map.of("data", DatasetFingerprint.of(category).sha256()),
                      started))
              .command("evaluate")
              .protocol(protocol(request.model()))
              .backbone(network.teacher().backbone().name());
      var rule = DecisionRule.of(notes);
      settings.forEach(builder::setting);
      var label = variant.label(trained.standard());
      builder.setting("variant", label);
      ThresholdSummary.describe(evaluation, rule).forEach(builder::setting);
      var shown =
          new EvaluationReport(evaluation, category.test(), preprocessing, rule)
              .report(label, builder);
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
          "the model "
              + request.model()
              + " does not say where its teacher comes from; train it again",
          e);
    }
  }

  /** How the model's epoch was chosen: what its run folder says, else the last one. */
  private static Protocol protocol(Path model) {
    var result = model.resolve(RunFolder.RESULT);
    return Files.isRegularFile(result) ? ResultJson.read(result).protocol() : Protocol.LAST_EPOCH;
  }

  private static Map<String, String> describe(Request request) {
    var text = new LinkedHashMap<String, String>();
    text.put("model", request.model().toString());
    text.put("data", request.data().toString());
    text.put("layout", request.layout().key());
    text.put("category", request.category());
    return text;
  }
}
