package org.aand.drift;

import java.util.Arrays;
import org.aand.common.image.Luminance;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;

/**
 * The luminance of an image, or the mean of several, at {@value #SIDE}x{@value #SIDE} pixels.
 *
 * @param values {@code [SIDE, SIDE]} in row-major order, in [0, 255]; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its values, below
public record Thumbnail(float[] values) {
  /** Pixels of either side. */
  public static final int SIDE = 48;

  /** How far an image is looked for, to every side. */
  private static final int REACH = 8;

  /**
   * @throws IllegalArgumentException if there are not SIDE x SIDE values
   */
  public Thumbnail {
    if (values.length != SIDE * SIDE) {
      throw new IllegalArgumentException(values.length + " values for a thumbnail");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Thumbnail thumbnail && Arrays.equals(values, thumbnail.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Thumbnail[" + SIDE + "x" + SIDE + "]";
  }

  /** The thumbnail of an image. */
  static Thumbnail of(RgbImage image) {
    byte[] gray = Luminance.of(Resize.BILINEAR.apply(image, SIDE, SIDE)).pixels();
    float[] values = new float[gray.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = gray[i] & 0xFF;
    }
    return new Thumbnail(values);
  }

  /**
   * Where an image lies beside this one.
   *
   * @param right share of the width, within a sixth to either side
   * @param down share of the height, likewise
   * @param likeness correlation there, in [-1, 1]; 0 if either is without contrast
   */
  record Match(double right, double down, double likeness) {}

  /** The displacement of greatest correlation, to parts of a pixel by parabolas. */
  Match match(Thumbnail other) {
    double[][] found = new double[2 * REACH + 1][2 * REACH + 1];
    int bestX = 0;
    int bestY = 0;
    for (int dy = -REACH; dy <= REACH; dy++) {
      for (int dx = -REACH; dx <= REACH; dx++) {
        double correlation = correlation(other, dx, dy);
        found[dy + REACH][dx + REACH] = correlation;
        if (correlation > found[bestY + REACH][bestX + REACH]) {
          bestX = dx;
          bestY = dy;
        }
      }
    }
    int x = bestX + REACH;
    int y = bestY + REACH;
    double best = found[y][x];
    double right = bestX;
    double down = bestY;
    if (x > 0 && x < 2 * REACH) {
      right += vertex(found[y][x - 1], best, found[y][x + 1]);
    }
    if (y > 0 && y < 2 * REACH) {
      down += vertex(found[y - 1][x], best, found[y + 1][x]);
    }
    return new Match(right / SIDE, down / SIDE, best);
  }

  /** The place of the maximum of a parabola through three values, the middle one the greatest. */
  private static double vertex(double before, double middle, double after) {
    double bend = before - 2 * middle + after;
    return bend < 0 ? 0.5 * (before - after) / bend : 0;
  }

  /** Pearson's correlation where both overlap, the other one moved back by (dx, dy). */
  private double correlation(Thumbnail other, int dx, int dy) {
    double a = 0;
    double b = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    int n = 0;
    for (int y = Math.max(0, -dy); y < Math.min(SIDE, SIDE - dy); y++) {
      for (int x = Math.max(0, -dx); x < Math.min(SIDE, SIDE - dx); x++) {
        double u = values[y * SIDE + x];
        double v = other.values[(y + dy) * SIDE + x + dx];
        a += u;
        b += v;
        aa += u * u;
        bb += v * v;
        ab += u * v;
        n++;
      }
    }
    double spread = (aa - a * a / n) * (bb - b * b / n);
    return spread <= 1e-9 * n * n ? 0 : (ab - a * b / n) / Math.sqrt(spread);
  }
}
