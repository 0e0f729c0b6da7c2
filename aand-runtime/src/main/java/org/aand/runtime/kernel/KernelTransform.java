package org.aand.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the planes of a {@link WinogradScheme} are for a 3x3 kernel that is transformed while it is
 * used, some rows of a panel at a time.
 *
 * <p>A plane is a tap of the kernel, which stays where it is, or a sum of taps in a slot of its
 * own, which planes that are the same share. Slots follow each other line by line of the transform.
 * {@link Arithmetic#kernelSums} makes the sums. Of {@link WinogradScheme#FOUR} the last plane alone
 * would be a tap; it is copied to a slot, so that all lines of the transform are alike.
 */
final class KernelTransform {
  private static final int TAPS = 3;
  private static final int NONE = -1;
  private static final int LINES_OF_FOUR = 6;

  private final WinogradScheme scheme;
  private final float[][] g;
  // Of each plane: the tap that it is, or the slot.
  private final int[] taps;
  private final int[] slots;
  private final List<float[]> factors = new ArrayList<>();

  KernelTransform(WinogradScheme scheme) {
    this.scheme = scheme;
    g = scheme.kernelTransform();
    taps = new int[scheme.planes()];
    slots = new int[scheme.planes()];
    for (int i = 0; i < g.length; i++) {
      for (int j = 0; j < g.length; j++) {
        plane(i, j);
      }
    }
  }

  private void plane(int i, int j) {
    int plane = scheme.plane(i, j);
    int like = scheme.plane(firstLike(i), firstLike(j));
    if (like != plane) {
      taps[plane] = taps[like];
      slots[plane] = slots[like];
    } else if (tap(i) != NONE && tap(j) != NONE) {
      taps[plane] = TAPS * tap(i) + tap(j);
      slots[plane] = NONE;
    } else {
      taps[plane] = NONE;
      slots[plane] = factors.size();
      factors.add(factors(i, j));
    }
  }

  private float[] factors(int i, int j) {
    float[] ofTaps = new float[TAPS * TAPS];
    for (int tap = 0; tap < ofTaps.length; tap++) {
      ofTaps[tap] = g[i][tap / TAPS] * g[j][tap % TAPS];
    }
    return ofTaps;
  }

  private int firstLike(int line) {
    int first = 0;
    while (!Arrays.equals(g[first], g[line])) {
      first++;
    }
    return first;
  }

  /** The tap of its direction that a line is, or NONE. */
  private int tap(int line) {
    if (g.length == LINES_OF_FOUR) {
      return NONE;
    }
    for (int tap = 0; tap < TAPS; tap++) {
      float[] unit = new float[TAPS];
      unit[tap] = 1;
      if (Arrays.equals(unit, g[line])) {
        return tap;
      }
    }
    return NONE;
  }

  WinogradScheme scheme() {
    return scheme;
  }

  /** How many sums there are. */
  int slots() {
    return factors.size();
  }

  /** The factor of each tap in the sum of a slot. */
  float[] factors(int slot) {
    return factors.get(slot);
  }

  /** Whether a plane is a tap. */
  boolean isTap(int plane) {
    return taps[plane] != NONE;
  }

  /** The tap that a plane is, from 0. */
  int tapOf(int plane) {
    return taps[plane];
  }

  /** The slot that a plane that is no tap is in. */
  int slotOf(int plane) {
    return slots[plane];
  }
}
