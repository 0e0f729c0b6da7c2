package org.aand.train;

import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;

/**
 * The choice of the epoch that a stage's parameters are taken from: the one of greatest merit, the
 * first of equals; the last one where none was judged.
 */
@FunctionalInterface
public interface Selection {
  /** The last epoch; nothing is evaluated. */
  Selection LAST_EPOCH = (stage, model) -> epoch -> EpochEvaluator.Judgement.NONE;

  /**
   * The judge of a stage.
   *
   * @param stage that begins or resumes
   * @param model that it trains, in place
   * @return closed by the caller when the stage has ended
   */
  EpochEvaluator judge(Stage stage, Model model);
}
