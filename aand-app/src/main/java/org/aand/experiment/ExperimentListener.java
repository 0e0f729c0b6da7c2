package org.aand.experiment;

import org.aand.pipeline.RunListener;

/** Receives the events of an experiment and of each of its runs. */
public interface ExperimentListener extends RunListener {
  /**
   * How far the runs are, those of other processes included.
   *
   * @param runs in all
   * @param done complete
   * @param failed given up
   * @param secondsLeft at this process's pace so far; NaN before its first
   */
  record Overall(int runs, int done, int failed, double secondsLeft) {}

  /** A run begins or resumes. */
  default void begun(String run, Overall overall) {}

  /** A run that another process did is complete. */
  default void ended(String run, Overall overall) {}

  /** A run was given up. */
  default void failed(String run, String message) {}
}
