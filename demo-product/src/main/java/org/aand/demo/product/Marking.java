package org.aand.demo.product;

import java.util.List;

/**
 * What is printed and engraved on every part: a square code, a type number in seven segments, lot
 * bars, and a graduated scale.
 */
final class Marking {
  /** Where there is print, as circles around it. */
  static final List<Spot> PRINTS =
      List.of(new Spot(0, 0.545, 0.15), new Spot(0, -0.545, 0.16), new Spot(0, 0.79, 0.24));

  private static final int MODULES = 10;
  private static final double MODULE = 0.021;
  private static final LatticeNoise BITS = new LatticeNoise(4711);
  private static final int[] DIGITS = {0b1100110, 0b0000111, 0b1101101};
  private static final double DIGIT_PITCH = 0.098;
  private static final double HALF_WIDTH = 0.028;
  private static final double HALF_HEIGHT = 0.062;
  private static final double STROKE = 0.011;
  private static final int[] BARS = {
    3, 1, 1, 2, 1, 3, 2, 1, 1, 1, 2, 2, 3, 1, 1, 1, 2, 1, 3, 1, 2, 3
  };
  private static final double BAR = 0.0115;
  private static final double DEGREE = Math.PI / 180;
  private static final double TICK_HALF_WIDTH = 0.0075;

  private Marking() {}

  /** How far a point is from printed ink, negative within. */
  static double print(double u, double v) {
    if (v > 0.68) {
      return bars(u, v);
    }
    if (v > 0.42) {
      return code(u, v - 0.545);
    }
    return v < -0.42 && v > -0.68 ? digits(u, v + 0.545) : 1;
  }

  /** How far a point is from the scale's engraved lines, negative within. */
  static double scale(double u, double v) {
    double r = Math.sqrt(u * u + v * v);
    if (r < 0.72 || r > 0.85 || v > 0.3) {
      return 1;
    }
    double degrees = StrictMath.atan2(u, -v) / DEGREE;
    if (Math.abs(degrees) > 92) {
      return 1;
    }
    double tick = Math.rint(degrees / 6);
    boolean labelled = tick % 5 == 0;
    double along = Math.max(r - (labelled ? 0.84 : 0.80), 0.755 - r);
    double across = Math.abs(degrees - 6 * tick) * DEGREE * r - TICK_HALF_WIDTH;
    return Math.max(along, across);
  }

  private static double code(double u, double v) {
    double column = u / MODULE + MODULES / 2.0;
    double row = v / MODULE + MODULES / 2.0;
    double best = 1;
    int nearColumn = (int) column;
    int nearRow = (int) row;
    for (int j = nearRow - 1; j <= nearRow + 1; j++) {
      for (int i = nearColumn - 1; i <= nearColumn + 1; i++) {
        if (dark(i, j)) {
          double du = Math.abs(column - i - 0.5) - 0.5;
          double dv = Math.abs(row - j - 0.5) - 0.5;
          best = Math.min(best, Math.max(du, dv) * MODULE);
        }
      }
    }
    return best;
  }

  /** Two solid sides, two dashed ones, and a fixed pattern inside. */
  private static boolean dark(int column, int row) {
    if (column < 0 || row < 0 || column >= MODULES || row >= MODULES) {
      return false;
    }
    if (column == 0 || row == MODULES - 1) {
      return true;
    }
    if (row == 0) {
      return column % 2 == 0;
    }
    if (column == MODULES - 1) {
      return row % 2 == 1;
    }
    return BITS.at(column, row) > 0;
  }

  private static double digits(double u, double v) {
    double slanted = u + 0.12 * v;
    int digit = (int) Math.max(0, Math.min(2, Math.rint(slanted / DIGIT_PITCH) + 1));
    double x = slanted - (digit - 1) * DIGIT_PITCH;
    double best = 1;
    for (int segment = 0; segment < 7; segment++) {
      if ((DIGITS[digit] >> segment & 1) == 1) {
        best = Math.min(best, segment(segment, x, v));
      }
    }
    return best;
  }

  /**
   * Segments in the usual order: top, right upper, right lower, bottom, left lower, upper, middle.
   */
  private static double segment(int segment, double x, double y) {
    double half = HALF_HEIGHT / 2;
    return switch (segment) {
      case 0 -> box(x, y + HALF_HEIGHT, HALF_WIDTH, 0);
      case 1 -> box(x - HALF_WIDTH, y + half, 0, half);
      case 2 -> box(x - HALF_WIDTH, y - half, 0, half);
      case 3 -> box(x, y - HALF_HEIGHT, HALF_WIDTH, 0);
      case 4 -> box(x + HALF_WIDTH, y - half, 0, half);
      case 5 -> box(x + HALF_WIDTH, y + half, 0, half);
      default -> box(x, y, HALF_WIDTH, 0);
    };
  }

  private static double box(double x, double y, double halfWidth, double halfHeight) {
    double dx = Math.max(Math.abs(x) - halfWidth, 0);
    double dy = Math.max(Math.abs(y) - halfHeight, 0);
    return Math.sqrt(dx * dx + dy * dy) - STROKE;
  }

  /** Bars along the rim, like a bar code bent around the centre. */
  private static double bars(double u, double v) {
    double r = Math.sqrt(u * u + v * v);
    double radial = Math.abs(r - 0.79) - 0.042;
    if (radial > 0.02 || Math.abs(u) > 0.3) {
      return 1;
    }
    double along = StrictMath.atan2(u, v) * 0.79;
    double best = 1;
    double start = -0.5 * BAR * total();
    for (int i = 0; i < BARS.length; i++) {
      double end = start + BARS[i] * BAR;
      if (i % 2 == 0) {
        best = Math.min(best, Math.max(start - along, along - end));
      }
      start = end;
    }
    return Math.max(best, radial);
  }

  private static int total() {
    int sum = 0;
    for (int bar : BARS) {
      sum += bar;
    }
    return sum;
  }
}
