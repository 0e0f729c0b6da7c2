package org.aand.pipeline;

import org.aand.train.TrainingImages;

/**
 * Normal images to train on, and others to choose an epoch by.
 *
 * @param training what is trained on
 * @param heldOut what is not
 */
record TrainingSplit(TrainingImages training, TrainingImages heldOut) {
  /** Share of the images that are held out where the data set itself holds none out. */
  static final double SHARE = 0.1;
}
