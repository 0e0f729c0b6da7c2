package org.aand.pipeline;

import org.aand.train.TrainingListener;

/** Receives the events of a run. */
public interface RunListener extends TrainingListener {
  /** Reading of images begins. */
  default void onReadStart(int images) {}

  /** One more image was read. */
  default void onImageRead() {}

  /** Detection on test images begins. */
  default void onTestStart(int images) {}

  /** So many more test images are done. */
  default void onImagesTested(int images) {}
}
