package org.aand.train;

import java.util.OptionalDouble;
import org.aand.io.synthesis.TextureSource;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;

/**
 * The epoch of least loss on normal images that are not trained on.
 *
 * <p>In stage 1 they bear synthetic anomalies that are the same after every epoch; in stage 2 the
 * student is taken as it is in use, with its running statistics. No test image is used.
 *
 * @param images that are not trained on
 * @param textures what their synthetic anomalies are made of
 * @param settings of the training
 */
public record HeldOutSelection(
    TrainingImages images, TextureSource textures, TrainingSettings settings) implements Selection {
  /** Images at a time; beside a training little memory is left. */
  private static final int BATCH = 4;

  private record LeastLoss(StageTrainer<?> trainer) implements EpochEvaluator {
    @Override
    public Judgement judge(int epoch) {
      return new Judgement(OptionalDouble.of(-trainer.heldOutLoss()), false);
    }

    @Override
    public void close() {
      trainer.close();
    }
  }

  @Override
  public EpochEvaluator judge(Stage stage, Model model) {
    var small = settings.withBatchSize(Math.min(BATCH, settings.batchSize()));
    return new LeastLoss(
        Training.trainer(stage, model, images, textures, small, new TrainingListener() {}));
  }
}
