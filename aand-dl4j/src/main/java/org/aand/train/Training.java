package org.aand.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.detect.Model;
import org.aand.io.synthesis.TextureSource;
import org.aand.train.TrainingListener.Epoch;
import org.aand.train.TrainingListener.Stage;

/**
 * Trains a model: stage 1 if its teacher has RAA modules, then stage 2.
 *
 * <p>All randomness comes from the seed; the same seed, images and machine give the same model,
 * whether or not the training was ended and resumed on the way.
 */
public final class Training {
  private final Model model;
  private final TrainingImages images;
  private final TextureSource textures;
  private final TrainingSettings settings;
  private final Selection selection;
  private final TrainingListener listener;

  private Training(
      Model model,
      TrainingImages images,
      TextureSource textures,
      TrainingSettings settings,
      Selection selection,
      TrainingListener listener) {
    this.model = model;
    this.images = images;
    this.textures = textures;
    this.settings = settings;
    this.selection = selection;
    this.listener = listener;
  }

  /**
   * How a training went.
   *
   * @param epochs all of them, those before a resumption included
   * @param chosen the epoch, from 1, that each stage's parameters are of
   */
  public record Outcome(List<Epoch> epochs, Map<Stage, Integer> chosen) {
    /** Keeps copies. */
    public Outcome {
      epochs = List.copyOf(epochs);
      chosen = Map.copyOf(chosen);
    }
  }

  /**
   * Trains in place to the last epoch, keeping nothing.
   *
   * @param model its parameters are updated
   * @param images the good images
   * @param textures what synthetic anomalies are made of
   * @param settings the schedule and the losses
   * @param listener is told how it goes
   */
  public static Outcome run(
      Model model,
      TrainingImages images,
      TextureSource textures,
      TrainingSettings settings,
      TrainingListener listener) {
    return new Training(model, images, textures, settings, Selection.LAST_EPOCH, listener)
        .run(Optional.empty());
  }

  /**
   * Trains in place, from where it was kept if it was; the same settings, images and fresh model
   * have to be given again then.
   *
   * @param model its parameters are updated
   * @param images the good images to train on
   * @param textures what synthetic anomalies are made of
   * @param settings the schedule and the losses
   * @param selection of the epoch in each stage
   * @param checkpoints where the training is kept
   * @param listener is told how it goes
   * @throws org.aand.io.InputException if what was kept is unusable, or the folder is
   */
  public static Outcome run(
      Model model,
      TrainingImages images,
      TextureSource textures,
      TrainingSettings settings,
      Selection selection,
      CheckpointFolder checkpoints,
      TrainingListener listener) {
    return new Training(model, images, textures, settings, selection, listener)
        .run(Optional.of(checkpoints));
  }

  private Outcome run(Optional<CheckpointFolder> checkpoints) {
    var first = model.teacher().modules().isEmpty() ? Stage.STAGE2 : Stage.STAGE1;
    var progress = new Progress(model, first, checkpoints);
    if (progress.at().stage() == Stage.STAGE1) {
      stage1(progress);
      progress.begin(Stage.STAGE2);
    }
    stage2(progress);
    return new Outcome(progress.at().history(), progress.at().withChoice());
  }

  private void stage1(Progress progress) {
    try (var adam = progress.resume(settings.adam())) {
      if (!progress.ended(settings.stage1Epochs())) {
        try (var stage = new Stage1Trainer(model, images, textures, settings);
            var judge = selection.judge(Stage.STAGE1, model)) {
          stage.train(progress, adam, judge, listener);
        }
      }
    }
    progress.choose();
  }

  private void stage2(Progress progress) {
    try (var adam = progress.resume(settings.adam())) {
      if (!progress.ended(settings.stage2Epochs())) {
        try (var stage = new Stage2Trainer(model, images, settings, listener);
            var judge = selection.judge(Stage.STAGE2, model)) {
          stage.train(progress, adam, judge, listener);
        }
      }
    }
    progress.choose();
  }
}
