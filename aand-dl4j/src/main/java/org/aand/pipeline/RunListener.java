package org.aand.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import org.aand.detect.DetectionListener;
import org.aand.train.TrainingListener;

/** Receives the events of a run. */
public interface RunListener extends TrainingListener, DetectionListener {
  /**
   * A schedule was made for a time budget.
   *
   * @param stage1Epochs of stage 1; 0 where there is none
   * @param stage2Epochs of stage 2
   * @param estimate how long the whole run takes, from its beginning
   */
  default void onSchedule(int stage1Epochs, int stage2Epochs, Duration estimate) {}

  /**
   * Some images and their varied copies were drawn on a sheet, before the training.
   *
   * @param file the sheet, a PNG
   */
  default void onContactSheet(Path file) {}

  /** Reading of images begins. */
  default void onReadStart(int images) {}

  /** One more image was read. */
  default void onImageRead() {}
}
