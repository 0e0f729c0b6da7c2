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
 * {@link Arithmetic#kernelSums} makes the sums. Where a single plane is a tap, as with {@link
 * WinogradScheme#FOUR}, it is copied to a slot, so that all lines of the transform are alike.
 */
final class KernelTransform {
  private static final int TAPS = 3;
  private static final int NONE = -1;

  private final WinogradScheme scheme;
  // Its lines, and the tap that each is, or NONE.
  private final float[][] g;
  private final int[] tapLines;
  // Of each plane: the tap that it is, or the slot.
  private final int[] taps;
  private final int[] slots;
  private final List<float[]> factors = new ArrayList<>();

  KernelTransform(WinogradScheme scheme) {
    this.scheme = scheme;
    g = scheme.kernelTransform();
    tapLines = tapLines();
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
    } else if (tapLines[i] != NONE && tapLines[j] != NONE) {
      taps[plane] = TAPS * tapLines[i] + tapLines[j];
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

  /** The tap of its direction that each line is, or NONE, also for one that is alone. */
  private int[] tapLines() {
    int[] lines = new int[g.length];
    int count = 0;
    for (int i = 0; i < lines.length; i++) {
      lines[i] = tap(g[i]);
      count += lines[i] == NONE ? 0 : 1;
    }
    if (count == 1) {
      Arrays.fill(lines, NONE);
    }
    return lines;
  }

  private static int tap(float[] line) {
    for (int tap = 0; tap < TAPS; tap++) {
      float[] unit = new float[TAPS];
      unit[tap] = 1;
      if (Arrays.equals(unit, line)) {
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
