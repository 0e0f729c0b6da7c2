package org.aand.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.train.EpochEvaluator.Judgement;
import org.aand.train.TrainingListener.Epoch;
import org.aand.train.TrainingListener.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Where a training stands, beside the values of its parameters and the optimiser's.
 *
 * @param stage that is trained
 * @param epoch how many epochs of it have ended
 * @param step how many steps of the next epoch are done
 * @param losses of these steps, each step's weighed by its share of the images
 * @param seconds that these steps took
 * @param best the epoch chosen so far; null if none is
 * @param stopped whether the judge has ended the stage
 * @param history all epochs of the training
 * @param chosen the epoch, from 1, that each finished stage was taken from
 * @param residuals what was observed of them
 */
record Checkpoint(
    Stage stage,
    int epoch,
    int step,
    Map<String, Double> losses,
    double seconds,
    @Nullable Best best,
    boolean stopped,
    List<Epoch> history,
    Map<Stage, Integer> chosen,
    List<ResidualIntensity> residuals) {

  /**
   * The epoch chosen so far.
   *
   * @param epoch from 0
   * @param merit as judged
   */
  record Best(int epoch, double merit) {}

  /** Before the first step of a training that begins with this stage. */
  static Checkpoint start(Stage stage) {
    return new Checkpoint(stage, 0, 0, Map.of(), 0, null, false, List.of(), Map.of(), List.of());
  }

  /** Whether there is something that a new start would do again. */
  boolean begun() {
    return epoch > 0 || step > 0;
  }

  /** The same epoch, more of its steps done. */
  Checkpoint within(int doneSteps, Map<String, Double> doneLosses, double spent) {
    return new Checkpoint(
        stage,
        epoch,
        doneSteps,
        new LinkedHashMap<>(doneLosses),
        spent,
        best,
        stopped,
        history,
        chosen,
        residuals);
  }

  /**
   * An epoch later.
   *
   * @param patience epochs after the best one that end the stage
   */
  Checkpoint after(Epoch finished, Judgement judgement, int patience) {
    var all = new ArrayList<>(history);
    all.add(finished);
    var choice = best;
    double merit = judgement.merit().orElse(Double.NaN);
    if (merit > (best == null ? Double.NEGATIVE_INFINITY : best.merit())) {
      choice = new Best(epoch, merit);
    }
    return new Checkpoint(
        stage,
        epoch + 1,
        0,
        Map.of(),
        0,
        choice,
        judgement.stop() || (choice != null && epoch - choice.epoch() >= patience),
        List.copyOf(all),
        chosen,
        residuals);
  }

  /** The same with what was observed there. */
  Checkpoint with(Optional<ResidualIntensity> observed) {
    if (observed.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(residuals);
    all.add(observed.get());
    return new Checkpoint(
        stage, epoch, step, losses, seconds, best, stopped, history, chosen, List.copyOf(all));
  }

  /** At the start of the next stage. */
  Checkpoint next(Stage following) {
    return new Checkpoint(
        following, 0, 0, Map.of(), 0, null, false, history, withChoice(), residuals);
  }

  /** The choices of the stages before and of this one. */
  Map<Stage, Integer> withChoice() {
    var all = new LinkedHashMap<>(chosen);
    if (epoch > 0) {
      all.put(stage, best == null ? epoch : best.epoch() + 1);
    }
    return all;
  }
}
