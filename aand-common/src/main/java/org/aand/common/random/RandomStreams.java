package org.aand.common.random;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Named random streams from one seed.
 *
 * <p>A stream is a function of (seed, name, indices) alone, so that what is drawn for image 7 in
 * epoch 3 depends neither on the number of loader threads nor on what was drawn before: runs repeat
 * and resume exactly.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>G. Steele, D. Lea, C. Flood. Fast splittable pseudorandom number generators. OOPSLA 2014
 *       (the SplitMix64 finaliser).
 * </ol>
 *
 * @param seed the run's seed
 */
public record RandomStreams(long seed) {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /**
   * The stream of that name, at its start.
   *
   * @param name what is drawn, e.g. {@code "synthesis"}
   * @param indices where it is drawn, e.g. epoch and image
   * @return a new generator, not thread-safe
   */
  public RandomGenerator stream(String name, long... indices) {
    long key = mix(seed + GOLDEN_GAMMA);
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      key = mix(key ^ (b & 0xFF)) + GOLDEN_GAMMA;
    }
    for (long index : indices) {
      key = mix(key ^ mix(index + GOLDEN_GAMMA)) + GOLDEN_GAMMA;
    }
    return new SplitMix(key);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static final class SplitMix implements RandomGenerator {
    private long state;

    private SplitMix(long state) {
      this.state = state;
    }

    @Override
    public long nextLong() {
      state += GOLDEN_GAMMA;
      return mix(state);
    }
  }
}
