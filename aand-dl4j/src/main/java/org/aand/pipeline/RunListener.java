package org.aand.pipeline;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.aand.detect.DetectionListener;
import org.aand.report.Candidate;
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
   * A method is tried, where a run chooses one.
   *
   * @param label the method for people
   * @param share of the time that it gets; absent where the time does not decide
   */
  default void onMethod(String label, Optional<Duration> share) {}

  /** A method was trained and judged. */
  default void onJudged(Candidate candidate) {}

  /**
   * Rules of map and image score were compared on synthetic anomalies.
   *
   * @param rules in the order in which they were tried; one is kept
   */
  default void onRulesJudged(List<JudgedRule> rules) {}

  /**
   * A method is not tried.
   *
   * @param why not, such as "no time is left"
   */
  default void onNotTried(String label, String why) {}

  /**
   * A choice of methods takes more than its time: the first one is tried however little there is.
   *
   * @param taken until now, and by what comes after
   */
  default void onOverTime(Duration budget, Duration taken) {}

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
