package org.aand.metrics;

/** The check that the intervals share. */
final class Confidence {
  private Confidence() {}

  static void require(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("the confidence " + confidence + " is not in (0, 1)");
    }
  }
}
