package org.aand.pipeline;

import java.util.Optional;
import org.aand.common.heatmap.Png;
import org.aand.train.TrainingImages;

/**
 * Normal images to train on, and others to choose an epoch by.
 *
 * @param training what is trained on
 * @param heldOut what is not
 * @param contactSheet some of the images that are trained on beside their varied copies, where
 *     there are any
 */
record TrainingSplit(TrainingImages training, TrainingImages heldOut, Optional<Png> contactSheet) {
  /** Share of the images that are held out where the data set itself holds none out. */
  static final double SHARE = 0.1;

  /** So many are held out at least where synthetic anomalies on them decide. */
  static final int LEAST_SYNTHETIC = 3;
}
