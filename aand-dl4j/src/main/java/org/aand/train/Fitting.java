package org.aand.train;

/**
 * Sets the parameters of what scores by passing the training images, without a gradient: a stage
 * that is not divided into epochs. One that was killed is begun again.
 */
@FunctionalInterface
interface Fitting {
  /** Passes the images and sets the parameters of the model. */
  void fit(TrainingListener listener);
}
