package org.aand.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
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
import org.aand.detect.MapRuleFit;
import org.aand.detect.OpenModel;
import org.aand.evaluation.Evaluation;
import org.aand.evaluation.EvaluationReport;
import org.aand.evaluation.SyntheticSelection;
import org.aand.evaluation.TestSetSelection;
import org.aand.evaluation.ThresholdSummary;
import org.aand.io.dataset.Sample;
import org.aand.io.synthesis.TextureSource;
import org.aand.model.ModelFile;
import org.aand.network.raa.Residual;
import org.aand.nn.Parameters;
import org.aand.report.Method;
import org.aand.report.Protocol;
import org.aand.report.RunResult;
import org.aand.report.Teacher;
import org.aand.report.page.Report;
import org.aand.runfolder.Provenances;
import org.aand.runfolder.ResultFolder;
import org.aand.runfolder.ResumeGuard;
import org.aand.runfolder.RunFolder;
import org.aand.runtime.JavaEngine;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.aand.train.CheckpointFolder;
import org.aand.train.HeldOutSelection;
import org.aand.train.Selection;
import org.aand.train.Training;
import org.aand.train.TrainingSettings;

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
    return new TrainRun(request, listener).run();
  }

  private static void requireTrainable(TrainRequest request) {
    if (request.variant().projections()) {
      throw new InputException(
          "RD++'s training losses are not part of this program, only its network; leave out"
              + " projections, or measure parameters and time alone");
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
    try (var folder = RunFolder.resume(request.out())) {
      var split = data.split();
      split.contactSheet().ifPresent(sheet -> show(sheet, folder.file(RunFolder.AUGMENTATION)));
      var textures = data.textures();
      data.requireReadable();
      var hashes = data.hashes();
      var teacher = TrainStart.load(request, String.valueOf(hashes.get("data")));
      Instant started;
      Training.Outcome outcome;
      settleSchedule(split, textures, folder);
      try (var model = model(teacher.parameters())) {
        started =
            ResumeGuard.check(folder.working(), beginning(hashes, teacher.about()), Instant.now());
        folder.keep();
        outcome = train(model, split, textures, folder);
        write(model, notes(teacher.about(), hashes), folder.file(RunFolder.MODEL));
        observe(model, outcome, folder);
      }
      var builder =
          RunResult.builder(
                  method(),
                  FileNames.last(request.data()),
                  data.category().name(),
                  teacher.about(),
                  Provenances.of(request.training().seed(), request.commandLine(), hashes, started))
              .trainImages(split.training().count() / data.imagesEach());
      var shown = calibrateAndEvaluate(folder.file(RunFolder.MODEL), outcome, builder);
      ResultFolder.write(folder, config(), shown);
      folder.publish();
      return shown;
    }
  }

  private void show(Png sheet, Path file) {
    AtomicFile.write(file, out -> out.write(sheet.bytes()));
    listener.onContactSheet(file);
  }

  private void write(Model model, ModelFile.Notes notes, Path file) {
    if (request.recipe().fitsRule()) {
      var fitting = MapRuleFit.forFitting(model.description());
      ModelStore.write(new Model(fitting, model.parameters()), notes, file);
      RuleFitting.apply(file, data.forCalibration().train());
    } else {
      ModelStore.write(model, notes, file);
    }
  }

  /** By the engine that uses the model later, so that its scores and the threshold go together. */
  private Report.Run calibrateAndEvaluate(
      Path file, Training.Outcome outcome, RunResult.Builder builder) {
    try (var model = new JavaEngine().open(file)) {
      var calibration = calibrate(model);
      var contents = model.contents();
      calibration.ifPresent(c -> ModelFile.rewrite(file, contents, contents.notes().with(c), file));
      return evaluate(
          model, outcome, new DecisionRule(calibration, OptionalDouble.empty()), builder);
    }
  }

  /** Notes of a model that is not calibrated yet. */
  private ModelFile.Notes notes(Teacher teacher, Map<String, String> hashes) {
    return new ModelFile.Notes(
        JSON.valueToTree(teacher),
        JSON.valueToTree(request.variant()),
        Optional.empty(),
        ModelProvenance.of(request, data.forCalibration(), hashes));
  }

  private Method method() {
    return Method.of(request.variant().baseline());
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
    request
        .timeBudget()
        .ifPresent(
            budget -> {
              int used =
                  RuleFitting.IMAGES
                      + data.forCalibration().normals().size()
                      + data.tested().size();
              var settled =
                  new TimeBudget(budget, request, split, textures, listener)
                      .settle(folder.working(), begun, used);
              try {
                request = request.with(settled);
              } catch (IllegalArgumentException e) {
                throw new InputException(
                    "the time budget has too few epochs: " + e.getMessage(), e);
              }
            });
  }

  /** Takes over the teacher's parameters. */
  private Model model(Parameters teacher) {
    return Network.of(request.variant(), request.backbone())
        .model(teacher, request.tiling(), request.training().seed());
  }

  private Training.Outcome train(
      Model model, TrainingSplit split, TextureSource textures, RunFolder folder) {
    var settings =
        request
            .continuation()
            .settings(Network.settings(request.variant(), request.training()))
            .withObservedResiduals(request.observations().residuals());
    return Training.run(
        model,
        split.training(),
        textures,
        settings,
        selection(split, textures, settings),
        new CheckpointFolder(folder.working()),
        listener);
  }

  private Selection selection(
      TrainingSplit split, TextureSource textures, TrainingSettings settings) {
    return switch (request.protocol()) {
      case LAST_EPOCH -> Selection.LAST_EPOCH;
      case HELD_OUT_NORMAL -> new HeldOutSelection(split.heldOut(), textures, settings);
      case SYNTHETIC -> new SyntheticSelection(split.heldOut(), textures, settings);
      case BEST_ON_TEST ->
          new TestSetSelection(data.category().test(), data.preprocessing(), request.skipBad());
    };
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
      OpenModel model, Training.Outcome outcome, DecisionRule rule, RunResult.Builder builder) {
    var tested = data.tested();
    listener.onTestStart(tested.size());
    var evaluation =
        Evaluation.of(
            model, tested, data.preprocessing(), request.skipBad(), listener::onImagesTested);
    builder.command("train").protocol(request.protocol()).backbone(request.backbone().name());
    request.describe().forEach(builder::setting);
    if (request.protocol() != Protocol.LAST_EPOCH) {
      outcome
          .chosen()
          .forEach(
              (s, e) ->
                  builder.setting("epoch taken in " + StageReports.name(s, method()), "" + e));
    }
    ThresholdSummary.describe(evaluation, rule).forEach(builder::setting);
    StageReports.of(outcome.epochs(), method()).forEach(builder::stage);
    return new EvaluationReport(evaluation, tested, data.preprocessing(), rule)
        .report(request.label(), builder);
  }

  private AtomicFile.Content config() {
    return out -> out.write(TrainConfig.bytes(request));
  }
}
