package org.aand.train.coreset;

import java.util.List;
import org.aand.runtime.kernel.Elements;
import org.aand.runtime.kernel.Scratch;

/**
 * Many points, numbered through all parts.
 *
 * <ul>
 *   <li>parts: {@code [P, D]} each
 * </ul>
 */
public final class Points {
  private final float[][] parts;
  private final int each;
  private final int dimensions;

  /**
   * @param parts of the same length, {@code [P, D]} in row-major order
   * @param dimensions D
   * @throws IllegalArgumentException if there is no point, or the lengths do not fit
   */
  public Points(List<float[]> parts, int dimensions) {
    this.parts = parts.toArray(float[][]::new);
    this.dimensions = dimensions;
    int length = parts.isEmpty() ? 0 : parts.get(0).length;
    each = length / dimensions;
    if (length == 0
        || length % dimensions != 0
        || parts.stream().anyMatch(part -> part.length != length)) {
      throw new IllegalArgumentException("parts of points have to be of one length, not empty");
    }
  }

  /** How many there are. */
  public int count() {
    return Math.multiplyExact(parts.length, each);
  }

  /** D. */
  public int dimensions() {
    return dimensions;
  }

  float[] array(int point) {
    return parts[point / each];
  }

  int offset(int point) {
    return point % each * dimensions;
  }

  /** The Euclidean distance of two points. */
  float distance(int a, int b, Scratch scratch) {
    return Elements.distance(array(a), offset(a), array(b), offset(b), dimensions, scratch);
  }

  /** The Euclidean distance of a point to one that need not be among these. */
  float distance(int a, float[] other, Scratch scratch) {
    return Elements.distance(array(a), offset(a), other, 0, dimensions, scratch);
  }
}
