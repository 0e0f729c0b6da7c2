package org.aand.train;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How strong the residuals are after an epoch of stage 1: the paper's Fig. 8.
 *
 * <p>The mean Euclidean norm of {@code gate * generated} as in use, with the predicted gate, on
 * synthetic images that are the same every time.
 *
 * @param epochs trained so far; 0 before the first
 * @param levels from the shallowest
 */
public record ResidualIntensity(int epochs, List<Level> levels) {
  /**
   * One level.
   *
   * @param level a, b or c
   * @param normal mean norm at normal foreground locations; empty if there is none
   * @param anomalous mean norm at anomalous locations; empty if there is none
   */
  public record Level(String level, OptionalDouble normal, OptionalDouble anomalous) {}

  public ResidualIntensity {
    levels = List.copyOf(levels);
  }
}
