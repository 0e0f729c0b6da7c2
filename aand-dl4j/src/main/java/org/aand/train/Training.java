package org.aand.train;

import org.aand.detect.Model;
import org.aand.io.synthesis.TextureSource;

/**
 * Trains a model: stage 1 if its teacher has RAA modules, then stage 2.
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
    if (!model.teacher().modules().isEmpty()) {
      try (var stage1 = new Stage1Trainer(model, images, textures, settings)) {
        stage1.train(listener);
      }
    }
    try (var stage2 = new Stage2Trainer(model, images, settings, listener)) {
      stage2.train(listener);
    }
  }
}
