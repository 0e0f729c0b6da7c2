package org.aand.train;

import org.aand.common.image.Normalisation;
import org.aand.io.synthesis.SynthesisSettings;

/**
 * How both stages are trained; the defaults are the paper's.
 *
 * @param stage1Epochs of the RAA modules
 * @param stage2Epochs of bottleneck and decoder
 * @param batchSize images a step
 * @param seed of all randomness
 * @param schedule of the learning rate, in each stage anew
 * @param adam the optimiser's constants
 * @param stage1 loss constants
 * @param stage2 loss constants
 * @param synthesis of anomalies
 * @param normalisation of images and textures
 * @param loaderThreads threads that prepare batches ahead of the training
 * @param contrastive whether stage 1 trains the teacher itself by the contrastive loss
 */
public record TrainingSettings(
    int stage1Epochs,
    int stage2Epochs,
    int batchSize,
    long seed,
    StepSchedule schedule,
    Adam.Options adam,
    Stage1Graph.Options stage1,
    Stage2Graph.Options stage2,
    SynthesisSettings synthesis,
    Normalisation normalisation,
    int loaderThreads,
    boolean contrastive) {

  /** The paper's settings: 100 and 120 epochs, batches of 16. */
  public TrainingSettings() {
    this(100, 120, 16, 0);
  }

  /** The paper's settings with another length, batch size or seed. */
  public TrainingSettings(int stage1Epochs, int stage2Epochs, int batchSize, long seed) {
    this(
        stage1Epochs,
        stage2Epochs,
        batchSize,
        seed,
        new StepSchedule(),
        new Adam.Options(),
        new Stage1Graph.Options(),
        new Stage2Graph.Options(),
        new SynthesisSettings(),
        Normalisation.IMAGENET,
        1,
        false);
  }

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public TrainingSettings {
    if (stage1Epochs < 0 || stage2Epochs < 0 || batchSize < 1 || loaderThreads < 1) {
      throw new IllegalArgumentException(
          "epochs must not be negative, batch size and loader threads at least 1");
    }
  }

  /** These settings with other losses in stage 2. */
  public TrainingSettings withStage2(Stage2Graph.Options options) {
    return with(batchSize, seed, adam, options, contrastive);
  }

  /** These settings with other constants of the optimiser. */
  TrainingSettings withAdam(Adam.Options options) {
    return with(batchSize, seed, options, stage2, contrastive);
  }

  /** These settings with a stage 1 that trains the teacher itself. */
  public TrainingSettings withContrastiveTeacher() {
    return with(batchSize, seed, adam, stage2, true);
  }

  /** These settings with another seed. */
  public TrainingSettings withSeed(long other) {
    return with(batchSize, other, adam, stage2, contrastive);
  }

  /** These settings with batches of another size. */
  TrainingSettings withBatchSize(int size) {
    return with(size, seed, adam, stage2, contrastive);
  }

  private TrainingSettings with(
      int otherBatchSize,
      long otherSeed,
      Adam.Options otherAdam,
      Stage2Graph.Options otherStage2,
      boolean otherContrastive) {
    return new TrainingSettings(
        stage1Epochs,
        stage2Epochs,
        otherBatchSize,
        otherSeed,
        schedule,
        otherAdam,
        stage1,
        otherStage2,
        synthesis,
        normalisation,
        loaderThreads,
        otherContrastive);
  }
}
