package org.aand.metrics;

import java.util.Arrays;

/**
 * A curve that never turns back or falls, collected point by point and thinned for plotting.
 *
 * <p>Thinning keeps the first and last point and takes the next one only when x or y have moved by
 * a step. What lies between two kept points is then either a straight line of the full curve or
 * inside a box less than a step wide and high; inside a box a rising curve and its chord enclose at
 * most half the box. The boxes are side by side, so the area changes by less than half a step, and
 * no point moves further than a step.
 */
final class MonotoneCurve {
  private double[] x;
  private double[] y;
  private int size;

  MonotoneCurve(int expectedPoints) {
    x = new double[Math.max(2, expectedPoints)];
    y = new double[x.length];
  }

  /** Adds a point, unless it repeats the last. */
  void add(double nextX, double nextY) {
    if (size > 0 && x[size - 1] == nextX && y[size - 1] == nextY) {
      return;
    }
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
    }
    x[size] = nextX;
    y[size] = nextY;
    size++;
  }

  /**
   * Thins the curve.
   *
   * @param areaBound by how much the area below may change, greater than 0, in units of x times y
   *     where both run over at most 1
   */
  MonotoneCurve thinned(double areaBound) {
    if (!(areaBound > 0)) {
      throw new IllegalArgumentException("the area bound " + areaBound + " is not above 0");
    }
    double step = 2 * areaBound;
    var kept = new MonotoneCurve(16);
    int anchor = 0;
    kept.add(x[0], y[0]);
    for (int i = 1; i < size; i++) {
      if (leaves(anchor, i, step) && anchor < i - 1) {
        anchor = i - 1;
        kept.add(x[anchor], y[anchor]);
      }
      if (leaves(anchor, i, step)) { // one straight piece of the full curve
        anchor = i;
        kept.add(x[anchor], y[anchor]);
      }
    }
    kept.add(x[size - 1], y[size - 1]);
    return kept;
  }

  private boolean leaves(int anchor, int point, double step) {
    return x[point] - x[anchor] >= step || y[point] - y[anchor] >= step;
  }

  double[] xs() {
    return Arrays.copyOf(x, size);
  }

  double[] ys() {
    return Arrays.copyOf(y, size);
  }
}
