package org.aand.metrics;

/**
 * Scored items of two classes, swept once from the greatest score down: what every ranking metric
 * is computed from.
 *
 * <p>The sweep stops at each distinct score that some defective item has ("stop", numbered from 0
 * at the greatest) and knows how many items of either class lie at or above. All counts are exact.
 */
public final class Ranking {
  private final float[] scores;
  private final long[] defectiveAtLeast;
  private final long[] normalAbove;
  private final long[] normalAtLeast;
  private final long defective;
  private final long normal;

  private Ranking(int stops, long defective, long normal) {
    this.scores = new float[stops];
    this.defectiveAtLeast = new long[stops];
    this.normalAbove = new long[stops];
    this.normalAtLeast = new long[stops];
    this.defective = defective;
    this.normal = normal;
  }

  /**
   * Ranks items, for instance images by their image score.
   *
   * @param scores one an item, greater for more anomalous
   * @param isDefective the true class of each item
   * @throws IllegalArgumentException if the lengths differ or a score is NaN
   */
  public static Ranking of(float[] scores, boolean[] isDefective) {
    Labels.require(scores, isDefective);
    int[] defectiveKeys = new int[Labels.count(isDefective, true)];
    int[] normalKeys = new int[scores.length - defectiveKeys.length];
    int d = 0;
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      int key = ScoreKeys.key(scores[i]);
      if (isDefective[i]) {
        defectiveKeys[d++] = key;
      } else {
        normalKeys[n++] = key;
      }
    }
    var sorter = new RadixSort();
    sorter.sort(defectiveKeys, d);
    sorter.sort(normalKeys, n);
    var levels = Levels.of(defectiveKeys);
    long[] slots = levels.newSlots();
    levels.count(normalKeys, n, slots);
    return of(levels, slots);
  }

  /** Adds the counts of the levels up, from the greatest score down. */
  static Ranking of(Levels levels, long[] slots) {
    int stops = levels.count();
    long normal = 0;
    for (long count : slots) {
      normal += count;
    }
    var ranking = new Ranking(stops, stops == 0 ? 0 : levels.end(stops - 1), normal);
    long above = slots[2 * stops];
    for (int stop = 0; stop < stops; stop++) {
      int level = stops - 1 - stop;
      ranking.scores[stop] = ScoreKeys.score(levels.key(level));
      ranking.defectiveAtLeast[stop] = ranking.defective - levels.begin(level);
      ranking.normalAbove[stop] = above;
      ranking.normalAtLeast[stop] = above + slots[2 * level + 1];
      above = ranking.normalAtLeast[stop] + slots[2 * level];
    }
    return ranking;
  }

  /** Whether there are items of both classes, without which no metric is defined. */
  public boolean hasBothClasses() {
    return defective > 0 && normal > 0;
  }

  /** The number of defective items. */
  public long defective() {
    return defective;
  }

  /** The number of normal items. */
  public long normal() {
    return normal;
  }

  /** The number of distinct scores among the defective items. */
  public int stops() {
    return scores.length;
  }

  /** The score of a stop. */
  public float score(int stop) {
    return scores[stop];
  }

  /** Defective items with this score or a greater one. */
  public long defectiveAtLeast(int stop) {
    return defectiveAtLeast[stop];
  }

  /** Normal items with a greater score. */
  public long normalAbove(int stop) {
    return normalAbove[stop];
  }

  /** Normal items with this score or a greater one. */
  public long normalAtLeast(int stop) {
    return normalAtLeast[stop];
  }

  void requireBothClasses(String metric) {
    if (!hasBothClasses()) {
      throw new IllegalArgumentException(
          metric
              + " needs defective and normal items; there are "
              + defective
              + " defective and "
              + normal
              + " normal ones");
    }
  }
}
