package org.aand.train;

import org.aand.detect.Model;
import org.aand.detect.Scoring;
import org.aand.io.synthesis.TextureSource;

/**
 * Trains a model: stage 1 if its teacher has RAA modules or is itself to be trained, then stage 2,
 * or a discriminator, or nothing if the modules' gates are the score.
 *
 * <p>All randomness comes from the seed; the same seed, images and machine give the same model.
 */
public final class Training {
  private Training() {}

  /**
   * Trains in place.
   *
   * @param model its parameters are updated
   * @param images the good images
   * @param textures what synthetic anomalies are made of
   * @param settings the schedule and the losses
   * @param listener is told how it goes
   */
  public static void run(
      Model model,
      TrainingImages images,
      TextureSource textures,
      TrainingSettings settings,
      TrainingListener listener) {
    if (settings.contrastive()) {
      try (var stage1 = new ContrastiveTrainer(model, images, textures, settings)) {
        stage1.train(listener);
      }
    } else if (!model.teacher().modules().isEmpty()) {
      try (var stage1 = new Stage1Trainer(model, images, textures, settings)) {
        stage1.train(listener);
      }
    }
    if (model.scoring() instanceof Scoring.Discrepancy) {
      try (var stage2 = new Stage2Trainer(model, images, settings, listener)) {
        stage2.train(listener);
      }
    } else if (model.scoring() instanceof Scoring.Discrimination scoring) {
      try (var trainer =
          new DiscriminatorTrainer(model, scoring.discriminator(), images, settings, listener)) {
        trainer.train(listener);
      }
    }
  }
}
