package org.aand.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of training.
 *
 * @param name "stage1" (amplification), "stage2" (distillation), "rd" (the baseline), "fitting" (a
 *     pass without a gradient)
 * @param epochs its epochs in order
 * @param secondsPerStep the wall time of one training step over the stage, {@code null} if not
 *     measured
 */
public record Stage(String name, List<Epoch> epochs, @Nullable Double secondsPerStep) {
  /**
   * @throws NullPointerException if the name or the epochs are missing
   */
  public Stage {
    requireNonNull(name, "stage.name");
    epochs = List.copyOf(requireNonNull(epochs, "stage.epochs"));
  }

  /** Whether nothing was learned step by step: the images were passed, there is no loss. */
  public boolean hasNoLoss() {
    return epochs.stream().allMatch(epoch -> epoch.losses().isEmpty());
  }

  /** The wall time of its epochs. */
  public double seconds() {
    return epochs.stream().mapToDouble(Epoch::seconds).sum();
  }
}
