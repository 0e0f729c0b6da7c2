package org.aand.pipeline;

import org.aand.detect.DetectionListener;
import org.aand.train.TrainingListener;

/** Receives the events of a run. */
public interface RunListener extends TrainingListener, DetectionListener {
  /** Reading of images begins. */
  default void onReadStart(int images) {}

  /** One more image was read. */
  default void onImageRead() {}
}
