package org.aand.io.synthesis;

/** One point at a random place in every cell of a square grid, for Voronoi-like patterns. */
final class FeaturePoints {
  private final int cells;
  private final double[] right;
  private final double[] down;
  private final double[] labels;

  /**
   * @param canvas decides where the points are
   * @param cells of the grid along the unit length
   * @param jitter 0 = all in the middle of their cells, 1 = anywhere in them
   */
  FeaturePoints(Canvas canvas, int cells, double jitter) {
    this.cells = cells;
    int count = cells * cells;
    this.right = new double[count];
    this.down = new double[count];
    this.labels = new double[count];
    for (int i = 0; i < count; i++) {
      right[i] = 0.5 + jitter * (canvas.random().nextDouble() - 0.5);
      down[i] = 0.5 + jitter * (canvas.random().nextDouble() - 0.5);
      labels[i] = canvas.random().nextDouble();
    }
  }

  /**
   * The nearest points of a place.
   *
   * @param first distance to the nearest, in cells
   * @param second distance to the second nearest, in cells
   * @param label of the nearest, uniform in 0..1
   */
  record Nearest(double first, double second, double label) {}

  /** The pattern repeats with period 1 in both coordinates. */
  Nearest nearest(double u, double v) {
    double x = u * cells;
    double y = v * cells;
    int cellX = (int) Math.floor(x);
    int cellY = (int) Math.floor(y);
    double first = Double.MAX_VALUE;
    double second = Double.MAX_VALUE;
    double label = 0;
    for (int j = cellY - 1; j <= cellY + 1; j++) {
      for (int i = cellX - 1; i <= cellX + 1; i++) {
        int point = Math.floorMod(j, cells) * cells + Math.floorMod(i, cells);
        double dx = i + right[point] - x;
        double dy = j + down[point] - y;
        double distance = dx * dx + dy * dy;
        if (distance < first) {
          second = first;
          first = distance;
          label = labels[point];
        } else if (distance < second) {
          second = distance;
        }
      }
    }
    return new Nearest(Math.sqrt(first), Math.sqrt(second), label);
  }
}
