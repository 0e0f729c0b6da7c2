package org.aand.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.io.synthesis.TextureSource;
import org.aand.model.Scoring;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Epoch;
import org.aand.train.TrainingListener.Stage;

/**
 * Trains a model: stage 1 if its teacher has RAA modules or is itself to be trained, then stage 2,
 * or a discriminator, or nothing if the modules' gates are the score. What needs no gradient is
 * fitted instead.
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
   * @param residuals what was observed of them
   */
  public record Outcome(
      List<Epoch> epochs, Map<Stage, Integer> chosen, List<ResidualIntensity> residuals) {
    /** Keeps copies. */
    public Outcome {
      epochs = List.copyOf(epochs);
      chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
      residuals = List.copyOf(residuals);
    }
  }

  /**
   * Trains in place to the last epoch, keeping nothing.
   *
   * @param model its parameters are updated
   * @param images the normal images
   * @param textures what synthetic anomalies are made of
   * @param settings the schedule and the losses
   * @param listener receives its events
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
   * @param images the normal images to train on
   * @param textures what synthetic anomalies are made of
   * @param settings the schedule and the losses
   * @param selection of the epoch in each stage
   * @param checkpoints where the training is kept
   * @param listener receives its events
   * @throws org.aand.common.InputException if what was kept is unusable, or the folder is
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
    var stages = stages();
    var progress = new Progress(model, settings.contrastive(), stages, checkpoints);
    progress.restore();
    for (int i = stages.indexOf(progress.at().stage()); i < stages.size(); i++) {
      train(stages.get(i), progress);
      progress.choose();
      if (i + 1 < stages.size()) {
        progress.begin(stages.get(i + 1));
      }
    }
    var at = progress.at();
    return new Outcome(at.history(), at.withChoice(), at.residuals());
  }

  /** What is trained, in this order. */
  private List<Stage> stages() {
    boolean first = settings.contrastive() || !model.teacher().modules().isEmpty();
    if (model.scoring() instanceof Scoring.GateWeight) {
      return List.of(Stage.STAGE1);
    }
    if (fitting().isPresent()) {
      return List.of(Stage.FITTING);
    }
    Stage second =
        model.scoring() instanceof Scoring.Discrimination ? Stage.DISCRIMINATOR : Stage.STAGE2;
    return first ? List.of(Stage.STAGE1, second) : List.of(second);
  }

  /** What sets the parameters of a model that has no gradient; empty for other models. */
  private Optional<Fitting> fitting() {
    if (model.scoring() instanceof Scoring.GaussianDistance distance) {
      return Optional.of(new PadimFitting(model, distance.padim(), images, settings));
    }
    return model.scoring() instanceof Scoring.PatchDistance distance
        ? Optional.of(new PatchCoreFitting(model, distance.patchCore(), images, settings))
        : Optional.empty();
  }

  private void fit(Fitting fitting, Progress progress) {
    long start = System.nanoTime();
    fitting.fit(listener);
    double seconds = (System.nanoTime() - start) / 1e9;
    var pass = new Epoch(Stage.FITTING, 1, 1, 0, Map.of(), seconds, images.count());
    progress.fitted(progress.at().after(pass, EpochEvaluator.Judgement.NONE, Integer.MAX_VALUE));
  }

  private void train(Stage stage, Progress progress) {
    if (stage == Stage.FITTING) {
      fit(fitting().orElseThrow(), progress);
      return;
    }
    int epochs = stage == Stage.STAGE1 ? settings.stage1Epochs() : settings.stage2Epochs();
    if (progress.ended(epochs)) {
      return;
    }
    try (var trainer = trainer(stage, model, images, textures, settings, listener);
        var judge = selection.judge(stage, model)) {
      trainer.train(progress, judge, listener);
    }
  }

  /** What trains a stage of a model, on these images; closed by the caller. */
  static StageTrainer<?> trainer(
      Stage stage,
      Model model,
      TrainingImages images,
      TextureSource textures,
      TrainingSettings settings,
      TrainingListener listener) {
    return switch (stage) {
      case STAGE1 ->
          settings.contrastive()
              ? new ContrastiveTrainer(model, images, textures, settings)
              : new Stage1Trainer(model, images, textures, settings);
      case STAGE2 -> {
        if (model.scoring() instanceof Scoring.StudentTeacher scoring) {
          yield new PyramidTrainer(model, scoring.student(), images, settings, listener);
        }
        yield model.student().projects()
            ? new RdPlusPlusTrainer(model, images, settings, listener)
            : new Stage2Trainer(model, images, settings, listener);
      }
      case DISCRIMINATOR -> {
        if (model.scoring() instanceof Scoring.Discrimination scoring) {
          yield new DiscriminatorTrainer(
              model, scoring.discriminator(), images, settings, listener);
        }
        throw new IllegalArgumentException("the model has no discriminator");
      }
      case FEATURES, FITTING ->
          throw new IllegalArgumentException(stage + " is not trained in epochs");
    };
  }
}
