package org.aand.train;

import java.util.Map;

/** Receives the events of a training, on the training thread. */
public interface TrainingListener {
  /**
   * An epoch that has ended.
   *
   * @param stage which stage
   * @param epoch from 1
   * @param epochs in all
   * @param learningRate during the epoch
   * @param losses the means over its images
   * @param seconds it took
   * @param steps it had
   */
  record Epoch(
      Stage stage,
      int epoch,
      int epochs,
      double learningRate,
      Map<String, Double> losses,
      double seconds,
      int steps) {}

  /** What is trained. */
  enum Stage {
    /** The RAA modules, or the teacher itself, on synthetic anomalies. */
    STAGE1,
    /** Features of all training images are computed once. */
    FEATURES,
    /** Bottleneck and decoder, on normal images. */
    STAGE2,
    /** A discriminator in place of a student, on features of normal images. */
    DISCRIMINATOR,
    /** What is set by passing the training images once, without a gradient. */
    FITTING
  }

  /** A stage begins. */
  default void onStageStart(Stage stage, int steps) {}

  /**
   * A stage resumes where an earlier start of the training ended.
   *
   * @param epoch that it resumes in, from 1
   * @param steps of the stage that are done
   */
  default void onResume(Stage stage, int epoch, int steps) {}

  /** One more step of a stage is done. */
  default void onStep(Stage stage) {}

  /** An epoch has ended. */
  default void onEpochEnd(Epoch epoch) {}

  /** A stage has ended. */
  default void onStageEnd(Stage stage) {}

  /** The residuals before the first and after every epoch of stage 1, if they are observed. */
  default void onResiduals(ResidualIntensity intensity) {}
}
