package org.aand.train;

import java.util.OptionalDouble;

/** Judges the model of a stage after each of its epochs. Closed by its opener. */
public interface EpochEvaluator extends AutoCloseable {
  /**
   * What is said of an epoch.
   *
   * @param merit greater for better; empty if the epoch is not to be chosen
   * @param stop whether the stage ends with this epoch
   */
  record Judgement(OptionalDouble merit, boolean stop) {
    /** Nothing is chosen, nothing ends. */
    public static final Judgement NONE = new Judgement(OptionalDouble.empty(), false);
  }

  /**
   * Evaluates the model; changes nothing in it.
   *
   * @param epoch that has ended, from 0
   */
  Judgement judge(int epoch);

  /**
   * The stage ends when so many epochs in a row were judged no better than the best one before
   * them; at least 1.
   */
  default int patience() {
    return Integer.MAX_VALUE;
  }

  @Override
  default void close() {}
}
