package org.aand.loss;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Entropic optimal transport between two sets of equally weighted points, by Sinkhorn's iteration
 * on the potentials.
 *
 * <p>{@code OT = min_P <P, C> + epsilon KL(P | a b^T)} over all plans P with the marginals a and b;
 * by duality {@code OT = <a, f> + <b, g>} with potentials f and g at which {@code P_ij = a_i b_j
 * exp((f_i + g_j - C_ij) / epsilon)}. By the envelope theorem the derivative of OT by a cost is the
 * plan there: what the iteration did on the way does not count.
 *
 * <p>Epsilon falls from the greatest cost to its target, as in the published code of the Sinkhorn
 * divergence; there both potentials are averaged with their successors until they stand still.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>M. Cuturi. Sinkhorn distances: lightspeed computation of optimal transport. NeurIPS 2013.
 *   <li>J. Feydy et al. Interpolating between optimal transport and MMD using Sinkhorn divergences.
 *       AISTATS 2019.
 * </ol>
 *
 * @param cost of the transport, OT
 * @param plan {@code [n, m]}, its sum 1
 */
@SuppressWarnings("ArrayRecordComponent") // read at once, never compared
record EntropicTransport(double cost, double[][] plan) {
  /** Epsilon's factor a round: 0.95 a length, which it is the square of. */
  private static final double FALL = 0.95 * 0.95;

  private static final int MOST_ROUNDS = 10_000;

  /** The potentials stand still when they change by less than this share of epsilon. */
  private static final double STILL = 1e-12;

  /**
   * The transport.
   *
   * @param costs {@code [n, m]}, at least one of each
   * @param epsilon positive
   */
  static EntropicTransport of(double[][] costs, double epsilon) {
    int n = costs.length;
    int m = costs[0].length;
    double[] f = new double[n];
    double[] g = new double[m];
    double greatest = Arrays.stream(costs).flatMapToDouble(Arrays::stream).max().orElse(0);
    for (double e = greatest; e > epsilon; e *= FALL) {
      round(costs, e, f, g);
    }
    for (int i = 0; i < MOST_ROUNDS; i++) {
      if (round(costs, epsilon, f, g) < STILL * epsilon) {
        break;
      }
    }
    double cost = mean(f) + mean(g);
    double[][] plan = new double[n][m];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < m; j++) {
        plan[i][j] = Math.exp((f[i] + g[j] - costs[i][j]) / epsilon) / n / m;
      }
    }
    return new EntropicTransport(cost, plan);
  }

  /** Both potentials go half the way to what the other one asks for; by how much at most. */
  private static double round(double[][] costs, double epsilon, double[] f, double[] g) {
    double[] nextF = new double[f.length];
    double[] nextG = new double[g.length];
    for (int i = 0; i < f.length; i++) {
      double[] row = costs[i];
      nextF[i] = softMinimum(g.length, epsilon, j -> row[j] - g[j]);
    }
    for (int j = 0; j < g.length; j++) {
      int column = j;
      nextG[j] = softMinimum(f.length, epsilon, i -> costs[i][column] - f[i]);
    }
    return Math.max(halfWay(f, nextF), halfWay(g, nextG));
  }

  private static double halfWay(double[] potential, double[] next) {
    double most = 0;
    for (int i = 0; i < potential.length; i++) {
      double step = 0.5 * (next[i] - potential[i]);
      potential[i] += step;
      most = Math.max(most, Math.abs(step));
    }
    return most;
  }

  /** {@code -epsilon ln(mean_i exp(-x_i / epsilon))}. */
  private static double softMinimum(int count, double epsilon, IntToDoubleFunction x) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, x.applyAsDouble(i));
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.exp((least - x.applyAsDouble(i)) / epsilon);
    }
    return least - epsilon * Math.log(sum / count);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }
}
