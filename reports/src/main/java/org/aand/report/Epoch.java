package org.aand.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One epoch of training.
 *
 * @param epoch its number, counted from 1
 * @param learningRate the rate used in it
 * @param losses the mean over its steps of each loss by name ("focal", "amplification", "total",
 *     ...), in the order to show them; {@code null} where it was not finite
 * @param seconds its wall time
 * @param secondsPerStep the mean wall time of one step of it
 */
public record Epoch(
    int epoch,
    double learningRate,
    Map<String, @Nullable Double> losses,
    double seconds,
    double secondsPerStep) {
  /**
   * @throws IllegalArgumentException if the epoch is not counted from 1
   */
  public Epoch {
    if (epoch < 1) {
      throw new IllegalArgumentException("epoch " + epoch + ", must be counted from 1");
    }
    losses = Values.finiteOrNull(losses, "losses");
  }
}
