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
 * @param schedule of the learning rate, from the start in each stage
 * @param adam the optimiser's constants
 * @param stage1 loss constants
 * @param stage2 loss constants
 * @param synthesis of anomalies
 * @param normalisation of images and textures
 * @param loaderThreads threads that prepare batches ahead of the training
 * @param contrastive whether stage 1 trains the teacher itself by the contrastive loss
 * @param methods constants of the methods beside AAND and RD
 * @param observesResiduals whether the intensity of residuals is measured before the first and
 *     after every epoch of stage 1; costs a pass over a few images
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
    boolean contrastive,
    MethodSettings methods,
    boolean observesResiduals) {

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
        false,
        new MethodSettings(),
        false);
  }

  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public TrainingSettings {
    requireAtLeast(0, stage1Epochs, "number of epochs of stage 1");
    requireAtLeast(0, stage2Epochs, "number of epochs of stage 2");
    requireAtLeast(1, batchSize, "batch size");
    requireAtLeast(1, loaderThreads, "number of loader threads");
  }

  private static void requireAtLeast(int least, int number, String name) {
    if (number < least) {
      throw new IllegalArgumentException(
          "the " + name + " is a whole number of at least " + least + ", not " + number);
    }
  }

  /** These settings with other losses in stage 2. */
  public TrainingSettings withStage2(Stage2Graph.Options options) {
    return copy().stage2(options).build();
  }

  /** These settings with other constants of the optimiser. */
  TrainingSettings withAdam(Adam.Options options) {
    return copy().adam(options).build();
  }

  /** These settings with a stage 1 that trains the teacher itself. */
  public TrainingSettings withContrastiveTeacher() {
    return copy().contrastive(true).build();
  }

  /** These settings with residuals measured, or not. */
  public TrainingSettings withObservedResiduals(boolean observed) {
    return copy().observesResiduals(observed).build();
  }

  /** These settings with another seed. */
  public TrainingSettings withSeed(long other) {
    return copy().seed(other).build();
  }

  /** These settings with batches of another size. */
  TrainingSettings withBatchSize(int size) {
    return copy().batchSize(size).build();
  }

  /** A builder that begins with these settings. */
  public Builder copy() {
    return new Builder(this);
  }

  /** Collects settings one by one; what is not said stays. */
  public static final class Builder {
    private final TrainingSettings from;
    private int stage1Epochs;
    private int stage2Epochs;
    private int batchSize;
    private long seed;
    private StepSchedule schedule;
    private Adam.Options adam;
    private Stage2Graph.Options stage2;
    private boolean contrastive;
    private MethodSettings methods;
    private boolean observesResiduals;

    private Builder(TrainingSettings from) {
      this.from = from;
      stage1Epochs = from.stage1Epochs;
      stage2Epochs = from.stage2Epochs;
      batchSize = from.batchSize;
      seed = from.seed;
      schedule = from.schedule;
      adam = from.adam;
      stage2 = from.stage2;
      contrastive = from.contrastive;
      methods = from.methods;
      observesResiduals = from.observesResiduals;
    }

    /** Epochs of both stages. */
    public Builder epochs(int first, int second) {
      stage1Epochs = first;
      stage2Epochs = second;
      return this;
    }

    /** Images a step. */
    public Builder batchSize(int images) {
      batchSize = images;
      return this;
    }

    /** Seed of all randomness. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Learning rates. */
    public Builder schedule(StepSchedule rates) {
      schedule = rates;
      return this;
    }

    Builder adam(Adam.Options options) {
      adam = options;
      return this;
    }

    Builder stage2(Stage2Graph.Options options) {
      stage2 = options;
      return this;
    }

    Builder contrastive(boolean value) {
      contrastive = value;
      return this;
    }

    /** Constants of the methods beside AAND and RD. */
    public Builder methods(MethodSettings constants) {
      methods = constants;
      return this;
    }

    Builder observesResiduals(boolean value) {
      observesResiduals = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public TrainingSettings build() {
      return new TrainingSettings(
          stage1Epochs,
          stage2Epochs,
          batchSize,
          seed,
          schedule,
          adam,
          from.stage1,
          stage2,
          from.synthesis,
          from.normalisation,
          from.loaderThreads,
          contrastive,
          methods,
          observesResiduals);
    }
  }
}
