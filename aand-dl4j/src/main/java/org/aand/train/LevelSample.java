package org.aand.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which locations of a level take part in the amplification loss.
 *
 * <p>The lists have fixed lengths, so that every batch has the same shapes; what only fills up has
 * weight zero.
 *
 * @param mask {@code [R]}, 1 where anomalous
 * @param normal indices of normal foreground locations
 * @param normalWeights 1 over their number; 0 for fillers
 * @param anomalous indices of anomalous locations
 * @param anomalousWeights 1 over their number; 0 for fillers
 */
@SuppressWarnings("ArrayRecordComponent") // handed straight to the graph
public record LevelSample(
    double[] mask,
    double[] normal,
    double[] normalWeights,
    double[] anomalous,
    double[] anomalousWeights) {

  /**
   * Draws the locations.
   *
   * @param anomalous {@code [R]}
   * @param foreground {@code [R]}
   * @param maxNormal at most so many normal ones
   * @param maxAnomalous at most so many anomalous ones
   */
  public static LevelSample draw(
      boolean[] anomalous,
      boolean[] foreground,
      int maxNormal,
      int maxAnomalous,
      RandomGenerator random) {
    int rows = anomalous.length;
    int[] normalRows =
        choose(
            IntStream.range(0, rows).filter(i -> !anomalous[i] && foreground[i]).toArray(),
            maxNormal,
            random);
    int[] anomalousRows =
        choose(IntStream.range(0, rows).filter(i -> anomalous[i]).toArray(), maxAnomalous, random);
    double[] mask = new double[rows];
    for (int i = 0; i < rows; i++) {
      mask[i] = anomalous[i] ? 1 : 0;
    }
    int n = Math.min(maxNormal, rows);
    int m = Math.min(maxAnomalous, rows);
    return new LevelSample(
        mask,
        indices(normalRows, n),
        weights(normalRows.length, n),
        indices(anomalousRows, m),
        weights(anomalousRows.length, m));
  }

  /** At most {@code max} of the candidates, by a partial Fisher-Yates shuffle. */
  private static int[] choose(int[] candidates, int max, RandomGenerator random) {
    if (candidates.length <= max) {
      return candidates;
    }
    for (int i = 0; i < max; i++) {
      int j = random.nextInt(i, candidates.length);
      int swapped = candidates[i];
      candidates[i] = candidates[j];
      candidates[j] = swapped;
    }
    return Arrays.copyOf(candidates, max);
  }

  private static double[] indices(int[] rows, int length) {
    double[] indices = new double[length];
    for (int i = 0; i < rows.length; i++) {
      indices[i] = rows[i];
    }
    return indices;
  }

  private static double[] weights(int count, int length) {
    double[] weights = new double[length];
    Arrays.fill(weights, 0, count, count == 0 ? 0 : 1.0 / count);
    return weights;
  }
}
