package org.aand.metrics;

/** Scores with a class each: the checks that image-level metrics share. */
final class Labels {
  private Labels() {}

  static void require(float[] scores, boolean[] isDefective) {
    if (scores.length != isDefective.length) {
      throw new IllegalArgumentException(
          scores.length + " scores but " + isDefective.length + " labels");
    }
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            "the score of item " + i + " is NaN; NaN cannot be ranked");
      }
    }
  }

  static int count(boolean[] isDefective, boolean label) {
    int count = 0;
    for (boolean value : isDefective) {
      if (value == label) {
        count++;
      }
    }
    return count;
  }
}
