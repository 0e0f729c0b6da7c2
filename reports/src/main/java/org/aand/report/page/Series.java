package org.aand.report.page;

/** The colour classes of the style sheet, {@code c1} to {@code c4}. */
final class Series {
  private static final int COUNT = 4;
  private static final int[] RUNS = {1, 4, 2, 3};

  private Series() {}

  /** The class of a run; far from the colours of good and defective for the first two. */
  static String run(int index) {
    return "c" + RUNS[index % COUNT];
  }

  /** The class of a loss. */
  static String loss(int index) {
    return "c" + (index % COUNT + 1);
  }
}
