package org.aand.metrics;

/**
 * The value that a stated share of very many others may exceed, such as of the pixels of anomaly
 * maps, in bounded memory.
 *
 * <p>Values are counted in bins of {@value #BINS} to a power of two. What it gives is never below
 * the exact quantile, so that the share is kept exactly, and above it by less than one part in
 * {@value #BINS} (next to 0 by less than 1e-41), but never above the greatest value. The counts
 * take 32 KB for every power of two that occurs, 16 MB at most.
 */
public final class UpperQuantile {
  private static final int BIN_BITS = 12;
  private static final int BINS = 1 << BIN_BITS;
  private static final int DROPPED_BITS = 23 - BIN_BITS;
  private static final int POWERS = 1 << (32 - 23);

  /** By sign and exponent in ascending order, then by the first bits of the mantissa. */
  private final long[][] counts = new long[POWERS][0];

  private long total;
  private int greatest = Integer.MIN_VALUE;

  /**
   * Counts values.
   *
   * @throws IllegalArgumentException if one is not finite
   */
  public void add(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a value is " + value + " and has no place in an order");
      }
      int key = ScoreKeys.key(value);
      greatest = Math.max(greatest, key);
      int bin = (key ^ Integer.MIN_VALUE) >>> DROPPED_BITS;
      int power = bin >>> BIN_BITS;
      if (counts[power].length == 0) {
        counts[power] = new long[BINS];
      }
      counts[power][bin & (BINS - 1)]++;
    }
    total += values.length;
  }

  /** How many values were counted. */
  public long total() {
    return total;
  }

  /**
   * The value that at most this share of the counted ones exceed.
   *
   * @param share in [0, 1)
   * @throws IllegalArgumentException if the share is out of range
   * @throws IllegalStateException if nothing was counted
   */
  public float exceededBy(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("a share of " + share + " is not in [0, 1)");
    }
    if (total == 0) {
      throw new IllegalStateException("there is no quantile of no value");
    }
    long left = (long) Math.floor(share * total);
    for (int power = POWERS - 1; power >= 0; power--) {
      for (int bin = counts[power].length - 1; bin >= 0; bin--) {
        left -= counts[power][bin];
        if (left < 0) {
          int last = ((power << BIN_BITS | bin) + 1 << DROPPED_BITS) - 1;
          return ScoreKeys.score(Math.min(greatest, last ^ Integer.MIN_VALUE));
        }
      }
    }
    throw new IllegalStateException("fewer values were counted than there were");
  }
}
