package org.aand.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.analysis.FeatureDistribution;
import org.aand.api.CalibrateRun;
import org.aand.api.DecisionRule;
import org.aand.calibration.Calibration;
import org.aand.calibration.Rates;
import org.aand.common.InputException;
import org.aand.common.ProgramVersion;
import org.aand.common.file.AtomicFile;
import org.aand.common.heatmap.Png;
import org.aand.common.listing.FileNames;
import org.aand.detect.OpenModel;
import org.aand.evaluation.Evaluation;
import org.aand.evaluation.EvaluationReport;
import org.aand.evaluation.SyntheticSelection;
import org.aand.evaluation.ThresholdSummary;
import org.aand.io.dataset.Sample;
import org.aand.io.synthesis.TextureSource;
import org.aand.model.ModelFile;
import org.aand.network.raa.Residual;
import org.aand.report.Candidate;
import org.aand.report.Method;
import org.aand.report.Protocol;
import org.aand.report.RunResult;
import org.aand.report.Stage;
import org.aand.report.Teacher;
import org.aand.report.page.Report;
import org.aand.runfolder.Provenances;
import org.aand.runfolder.ResultFolder;
import org.aand.runfolder.ResumeGuard;
import org.aand.runfolder.RunFolder;
import org.aand.runtime.JavaEngine;
import org.aand.samediff.Model;
import org.aand.train.DivergenceException;
import org.aand.train.Training;
import org.aand.train.TrainingListener;
import org.aand.variant.FeatureDiscrimination;

/** Trains on a category's normal images, evaluates its test images, writes the run folder. */
public final class TrainRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long begun = System.nanoTime();
  private final RunListener listener;
  private final TrainingData data;
  private TrainRequest request;

  private TrainRun(TrainRequest request, RunListener listener) {
    this.request = request;
    this.listener = listener;
    data = new TrainingData(request, listener);
  }

  /**
   * Runs to the end.
   *
   * @return what the report shows
   * @throws org.aand.common.InputException if something that the request names cannot be used
   */
  public static Report.Run execute(TrainRequest request, RunListener listener) {
    requireTrainable(request);
    try {
      return new TrainRun(request, listener).run();
    } catch (DivergenceException e) {
      throw new InputException(
          e.getMessage()
              + "; train into another --out with a smaller learning rate in a config.json"
              + " (--config) or a larger --batch-size",
          e);
    }
  }

  private static void requireTrainable(TrainRequest request) {
    // A choice passes over it where it does not fit.
    if (request.variant().discrimination() == FeatureDiscrimination.PADIM
        && !request.choosesMethod()) {
      PadimMemory.require(request);
    }
    var observed = request.observations();
    if ((observed.residuals() || observed.features())
        && request.variant().residual() == Residual.NONE) {
      throw new InputException(
          request.variant().label()
              + " has no residuals to observe; leave the observations out or choose another variant");
    }
  }

  private Report.Run run() {
    if (request.variant().discrimination() == FeatureDiscrimination.PATCHCORE) {
      PatchCoreMemory.require(request, data.imagesTrainedOn());
    }
    try (var folder = RunFolder.resume(request.out())) {
      var split = data.split();
      split.contactSheet().ifPresent(sheet -> show(sheet, folder.file(RunFolder.AUGMENTATION)));
      var textures = data.textures();
      data.requireReadable();
      var hashes = data.hashes();
      var teacher = TrainStart.load(request, String.valueOf(hashes.get("data")));
      var trained =
          request.choosesMethod()
              ? choose(split, textures, folder, teacher, hashes)
              : train(split, textures, folder, teacher, hashes);
      request = trained.request();
      var builder =
          RunResult.builder(
                  method(),
                  FileNames.last(request.data()),
                  data.category().name(),
                  teacher.about(),
                  Provenances.of(
                      request.training().seed(), request.commandLine(), hashes, trained.started()))
              .candidates(trained.candidates())
              .trainImages(trainImages(split));
      var shown = calibrateAndEvaluate(folder.file(RunFolder.MODEL), trained, builder);
      ResultFolder.write(folder, config(), shown);
      folder.publish();
      return shown;
    }
  }

  /**
   * A trained model, in the run folder's place for it.
   *
   * @param request its method and schedule
   * @param started when the run was begun
   * @param stages its training
   * @param chosen the epoch, from 1, that each stage's parameters are of
   * @param candidates the methods that were tried, where one was chosen
   */
  private record Trained(
      TrainRequest request,
      Instant started,
      List<Stage> stages,
      Map<TrainingListener.Stage, Integer> chosen,
      List<Candidate> candidates) {}

  private Trained train(
      TrainingSplit split,
      TextureSource textures,
      RunFolder folder,
      TeacherChoice.Loaded teacher,
      Map<String, String> hashes) {
    settleSchedule(split, textures, folder);
    var training = new MethodTraining(request, data, split, textures, listener);
    try (var model = training.model(teacher.parameters())) {
      var started = begin(folder, hashes, teacher.about());
      var outcome = training.train(model, folder.working());
      var notes = notes(request, split, teacher.about(), hashes);
      training.write(model, notes, folder.file(RunFolder.MODEL));
      observe(model, outcome, folder);
      return new Trained(
          request,
          started,
          StageReports.of(outcome.epochs(), method()),
          outcome.chosen(),
          List.of());
    }
  }

  private Trained choose(
      TrainingSplit split,
      TextureSource textures,
      RunFolder folder,
      TeacherChoice.Loaded teacher,
      Map<String, String> hashes) {
    // Every method loads its own.
    teacher.parameters().close();
    var started = begin(folder, hashes, teacher.about());
    var outcome =
        new MethodChoice(
                new MethodTraining(request, data, split, textures, listener),
                folder.working(),
                method -> notes(method, split, teacher.about(), hashes),
                begun)
            .choose();
    var best = outcome.best();
    AtomicFile.writeByPath(
        folder.file(RunFolder.MODEL),
        file -> Files.copy(best.model(), file, StandardCopyOption.REPLACE_EXISTING));
    return new Trained(best.request(), started, best.stages(), Map.of(), outcome.all());
  }

  private Instant begin(RunFolder folder, Map<String, String> hashes, Teacher teacher) {
    var started = ResumeGuard.check(folder.working(), beginning(hashes, teacher), Instant.now());
    folder.keep();
    return started;
  }

  private void show(Png sheet, Path file) {
    AtomicFile.write(file, out -> out.write(sheet.bytes()));
    listener.onContactSheet(file);
  }

  /** By the engine that uses the model later, so that its scores and the threshold go together. */
  private Report.Run calibrateAndEvaluate(Path file, Trained trained, RunResult.Builder builder) {
    try (var model = new JavaEngine().open(file)) {
      var calibration = calibrate(model);
      var contents = model.contents();
      calibration.ifPresent(c -> ModelFile.rewrite(file, contents, contents.notes().with(c), file));
      return evaluate(
          model, trained, new DecisionRule(calibration, OptionalDouble.empty()), builder);
    }
  }

  /** Notes of a model that is not calibrated yet. */
  private ModelFile.Notes notes(
      TrainRequest trained, TrainingSplit split, Teacher teacher, Map<String, String> hashes) {
    return new ModelFile.Notes(
        JSON.valueToTree(teacher),
        JSON.valueToTree(trained.variant()),
        Optional.empty(),
        ModelProvenance.of(
            trained, trainImages(split), data.forCalibration().normals().size(), hashes));
  }

  /** Of those that are given, without their varied copies. */
  private int trainImages(TrainingSplit split) {
    return split.training().count() / data.imagesEach();
  }

  private Method method() {
    return Methods.of(request.variant());
  }

  /** What a run that is resumed has to have been begun with; where the files lie may change. */
  private Map<String, String> beginning(Map<String, String> hashes, Teacher teacher) {
    var beginning = TrainConfig.leaves(request);
    beginning.put("version", ProgramVersion.get());
    beginning.put("teacher", teacher.label() + " " + teacher.weightsSha256());
    hashes.forEach((name, hash) -> beginning.put(name + " hash", hash));
    return beginning;
  }

  private void settleSchedule(TrainingSplit split, TextureSource textures, RunFolder folder) {
    if (request.variant().fitted()) {
      return;
    }
    request
        .timeBudget()
        .ifPresent(
            budget -> {
              int used =
                  RuleFitting.IMAGES
                      + (choosesRule() ? SyntheticSelection.detections(split.heldOut().count()) : 0)
                      + data.forCalibration().normals().size()
                      + data.tested().size();
              var settled =
                  new TimeBudget(request, split, textures, listener)
                      .settle(budget, folder.working(), begun, used);
              try {
                request = request.with(settled);
              } catch (IllegalArgumentException e) {
                throw new InputException(
                    "the time budget has too few epochs: " + e.getMessage(), e);
              }
            });
  }

  private Optional<Calibration> calibrate(OpenModel model) {
    var normals = data.forCalibration().normals();
    return normals.isEmpty()
        ? Optional.empty()
        : Optional.of(
            CalibrateRun.by(
                model,
                normals.stream().map(Sample::image).toList(),
                List.of(),
                Rates.of(request.calibration().falseAlarmRate()),
                normals.size() + " normal images held out of training",
                listener));
  }

  private void observe(Model model, Training.Outcome outcome, RunFolder folder) {
    if (request.observations().residuals()) {
      ObservationJson.writeResiduals(outcome.residuals(), folder.file(Observations.RESIDUALS));
    }
    if (request.observations().features()) {
      long seed = request.training().seed();
      var images =
          FeatureSamples.draw(
              data.category().test(), data.preprocessing(), request.skipBad(), seed);
      ObservationJson.writeFeatures(
          FeatureDistribution.of(model, images, seed), folder.file(Observations.FEATURES));
    }
  }

  private Report.Run evaluate(
      OpenModel model, Trained trained, DecisionRule rule, RunResult.Builder builder) {
    var tested = data.tested();
    listener.onTestStart(tested.size());
    var evaluation =
        Evaluation.of(
            model, tested, data.preprocessing(), request.skipBad(), listener::onImagesTested);
    builder.command("train").protocol(request.protocol()).backbone(request.backbone().name());
    request.describe().forEach(builder::setting);
    var description = model.contents().description();
    MemoryBankUse.of(description).forEach(builder::setting);
    if (request.protocol() != Protocol.LAST_EPOCH) {
      trained
          .chosen()
          .forEach(
              (s, e) ->
                  builder.setting("epoch taken in " + StageReports.name(s, method()), "" + e));
    }
    if (choosesRule()) {
      builder.setting("rule taken", RuleChoice.label(description));
    }
    ThresholdSummary.describe(evaluation, rule).forEach(builder::setting);
    trained.stages().forEach(builder::stage);
    return new EvaluationReport(evaluation, tested, data.preprocessing(), rule)
        .report(request.label(), builder);
  }

  private boolean choosesRule() {
    return request.protocol() == Protocol.SYNTHETIC && request.fitsRule();
  }

  private AtomicFile.Content config() {
    return out -> out.write(TrainConfig.bytes(request));
  }
}
