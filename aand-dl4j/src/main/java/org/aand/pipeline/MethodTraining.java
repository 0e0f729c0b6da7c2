package org.aand.pipeline;

import java.nio.file.Path;
import java.util.Optional;
import org.aand.detect.MapRuleFit;
import org.aand.evaluation.SyntheticSelection;
import org.aand.evaluation.TestSetSelection;
import org.aand.io.synthesis.TextureSource;
import org.aand.model.ModelFile;
import org.aand.nn.Parameters;
import org.aand.report.Protocol;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.aand.train.CheckpointFolder;
import org.aand.train.HeldOutSelection;
import org.aand.train.JoinedMemoryBank;
import org.aand.train.Selection;
import org.aand.train.Training;
import org.aand.train.TrainingSettings;

/**
 * The training of one method on a run's images, from a teacher to a model file.
 *
 * @param request with the method and its schedule
 * @param data of the run
 * @param split what is trained on and what is held out
 * @param textures what synthetic anomalies are made of
 * @param listener receives the events
 */
record MethodTraining(
    TrainRequest request,
    TrainingData data,
    TrainingSplit split,
    TextureSource textures,
    RunListener listener) {
  /** The network to train; takes over the teacher's parameters. */
  Model model(Parameters teacher) {
    return Network.of(
            request.variant(),
            request.backbone(),
            request.tiling().tileSize(),
            request.training(),
            split.training().count())
        .model(teacher, request.tiling(), request.training().seed());
  }

  /**
   * Trains in place.
   *
   * @param working folder of its checkpoints, from which it resumes
   */
  Training.Outcome train(Model model, Path working) {
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
        selection(settings),
        new CheckpointFolder(working),
        listener);
  }

  private Selection selection(TrainingSettings settings) {
    return switch (request.protocol()) {
      case LAST_EPOCH -> Selection.LAST_EPOCH;
      case HELD_OUT_NORMAL -> new HeldOutSelection(split.heldOut(), textures, settings);
      case SYNTHETIC -> synthetic(settings);
      case BEST_ON_TEST ->
          new TestSetSelection(data.category().test(), data.preprocessing(), request.skipBad());
    };
  }

  private SyntheticSelection synthetic(TrainingSettings settings) {
    return new SyntheticSelection(split.heldOut(), textures, settings);
  }

  /** Writes a trained model with its rule of map and image score. */
  void write(Model model, ModelFile.Notes notes, Path file) {
    if (request.fitsRule()) {
      var bank = JoinedMemoryBank.of(model.description(), split.training(), request.training());
      var fitting =
          bank.map(joined -> joined.join(model, listener))
              .orElseGet(
                  () ->
                      new Model(
                          MapRuleFit.forFitting(model.description(), Optional.empty()),
                          model.parameters()));
      ModelStore.write(fitting, notes, file);
      RuleFitting.apply(file, data.forCalibration().train());
      if (request.protocol() == Protocol.SYNTHETIC) {
        RuleChoice.apply(file, synthetic(request.training()), listener);
      }
    } else {
      ModelStore.write(model, notes, file);
    }
  }
}
