package org.aand.pipeline;

import org.aand.train.TrainingListener;

/** Is told how a run goes. */
public interface RunListener extends TrainingListener {
  /** Reading of images begins. */
  default void reading(int images) {}

  /** One more image was read. */
  default void read() {}

  /** Detection on test images begins. */
  default void testing(int images) {}

  /** So many more test images are done. */
  default void tested(int images) {}
}
