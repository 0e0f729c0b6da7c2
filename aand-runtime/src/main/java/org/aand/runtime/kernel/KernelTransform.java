package org.aand.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The transform of a packed 3x3 kernel by a {@link WinogradScheme}, some rows of a panel at a time,
 * for kernels that are not kept transformed.
 *
 * <p>A plane of the result is a tap of the kernel, which stays where it is, or a sum of taps in a
 * slot of its own, which planes that are the same share.
 */
final class KernelTransform {
  private static final int TAPS = 3;
  private static final int NONE = -1;

  private final float[][] g;
  // Of each plane: the tap that it is, or the slot.
  private final int[] taps;
  private final int[] slots;
  private final List<Sum> sums = new ArrayList<>();
  private int slotCount;

  /**
   * What goes to a slot.
   *
   * @param ofTaps whether first, second and third are taps, else slots
   */
  private record Sum(float[] factors, boolean ofTaps, int first, int second, int third, int slot) {}

  KernelTransform(WinogradScheme scheme) {
    g = scheme.kernelTransform();
    taps = new int[scheme.planes()];
    slots = new int[scheme.planes()];
    for (int i = 0; i < g.length; i++) {
      if (firstLike(i) == i) {
        line(scheme, i);
      }
    }
    for (int i = 0; i < g.length; i++) {
      for (int j = 0; j < g.length; j++) {
        int like = scheme.plane(firstLike(i), firstLike(j));
        taps[scheme.plane(i, j)] = taps[like];
        slots[scheme.plane(i, j)] = slots[like];
      }
    }
  }

  private void line(WinogradScheme scheme, int i) {
    int tap = tap(i);
    int[] from = new int[TAPS];
    for (int x = 0; x < TAPS; x++) {
      from[x] = tap == NONE ? slotCount++ : TAPS * tap + x;
      if (tap == NONE) {
        sums.add(new Sum(g[i], true, x, TAPS + x, 2 * TAPS + x, from[x]));
      }
    }
    for (int j = 0; j < g.length; j++) {
      int plane = scheme.plane(i, j);
      if (firstLike(j) == j && tap(j) == NONE) {
        taps[plane] = NONE;
        slots[plane] = slotCount++;
        sums.add(new Sum(g[j], tap != NONE, from[0], from[1], from[2], slots[plane]));
      } else if (tap(j) != NONE) {
        taps[plane] = tap == NONE ? NONE : from[tap(j)];
        slots[plane] = tap == NONE ? from[tap(j)] : NONE;
      }
    }
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
    for (int tap = 0; tap < TAPS; tap++) {
      float[] unit = new float[TAPS];
      unit[tap] = 1;
      if (Arrays.equals(unit, g[line])) {
        return tap;
      }
    }
    return NONE;
  }

  /** How many runs of rows a transform makes. */
  int slots() {
    return slotCount;
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

  /**
   * Makes all sums of some rows.
   *
   * @param arithmetic whose packed matrices they are
   * @param kernel tap t begins at row {@code row + t * tapRows} over all panels
   * @param rows of every tap
   * @param to slot s begins at row {@code s * slotRows}
   */
  void run(
      Arithmetic arithmetic,
      float[][] kernel,
      int row,
      int tapRows,
      int rows,
      float[][] to,
      int slotRows) {
    for (Sum sum : sums) {
      float[][] from = sum.ofTaps() ? kernel : to;
      int begin = sum.ofTaps() ? row : 0;
      int apart = sum.ofTaps() ? tapRows : slotRows;
      arithmetic.combineRows(
          sum.factors(),
          from,
          begin + sum.first() * apart,
          begin + sum.second() * apart,
          begin + sum.third() * apart,
          rows,
          to,
          sum.slot() * slotRows);
    }
  }
}
