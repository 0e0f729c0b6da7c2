package org.aand.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of training.
 *
 * @param name "stage1" (amplification), "stage2" (distillation) or "rd" (the baseline)
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
}
