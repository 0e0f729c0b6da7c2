package org.aand.demo.product;

import java.util.Arrays;

/**
 * The part as the camera sees it, before light: one value of each property per sample, two by two
 * samples per pixel.
 *
 * <p>Lengths are in part units, see {@link Pose}. Arrays are {@code [side, side]}, row-major.
 */
final class Surface {
  /** Samples per pixel along each axis. */
  static final int OVERSAMPLING = 2;

  /** Samples along each axis. */
  final int side;

  final Pose pose;

  /** How much of the sample is metal and not belt, 0..1. */
  final float[] cover;

  /** Above the rim's plane. */
  final float[] height;

  /** What the metal reflects in red, green and blue, 0..1. */
  final float[][] tint;

  /** How much of it is mirror-like, 0..1. */
  final float[] gloss;

  /** How far the lathe's grooves, which run around the centre, direct the reflection, 0..1. */
  final float[] turned;

  /** Slope of the fine grooves along the radius. */
  final float[] grain;

  /** How much ink covers the metal, 0..1. */
  final float[] ink;

  Surface(int size, Pose pose) {
    this.side = size * OVERSAMPLING;
    this.pose = pose;
    int samples = side * side;
    cover = new float[samples];
    height = new float[samples];
    tint = new float[3][samples];
    gloss = new float[samples];
    turned = new float[samples];
    grain = new float[samples];
    ink = new float[samples];
  }

  private Surface(Surface other) {
    side = other.side;
    pose = other.pose;
    cover = other.cover.clone();
    height = other.height.clone();
    tint = Arrays.stream(other.tint).map(float[]::clone).toArray(float[][]::new);
    gloss = other.gloss.clone();
    turned = other.turned.clone();
    grain = other.grain.clone();
    ink = other.ink.clone();
  }

  Surface copy() {
    return new Surface(this);
  }

  /** Where this surface is not like another: a rectangle around all such samples. */
  Region changedFrom(Surface other) {
    var changed = Region.NONE;
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        if (differs(other, row * side + column)) {
          changed = changed.with(row, column);
        }
      }
    }
    return changed;
  }

  private boolean differs(Surface other, int sample) {
    return cover[sample] != other.cover[sample]
        || height[sample] != other.height[sample]
        || tint[0][sample] != other.tint[0][sample]
        || tint[1][sample] != other.tint[1][sample]
        || tint[2][sample] != other.tint[2][sample]
        || gloss[sample] != other.gloss[sample]
        || turned[sample] != other.turned[sample]
        || grain[sample] != other.grain[sample]
        || ink[sample] != other.ink[sample];
  }

  /** The distance between samples. */
  double pitch() {
    return 1 / (side * pose.radius());
  }

  /** What is done to a sample. */
  @FunctionalInterface
  interface Edit {
    void at(int sample, double u, double v);
  }

  /** Visits all samples. */
  void everywhere(Edit edit) {
    visit(0, side, 0, side, edit);
  }

  /** Visits the samples of the square around a point that holds the circle of that radius. */
  void around(double u, double v, double reach, Edit edit) {
    double x = pose.x(u, v) * side;
    double y = pose.y(u, v) * side;
    double r = reach * pose.radius() * side;
    visit(
        Math.max(0, (int) (x - r)),
        Math.min(side, (int) (x + r) + 2),
        Math.max(0, (int) (y - r)),
        Math.min(side, (int) (y + r) + 2),
        edit);
  }

  /** The sample nearest to a point, or -1 if it is outside the image. */
  int nearest(double u, double v) {
    double x = pose.x(u, v) * side;
    double y = pose.y(u, v) * side;
    return x < 0 || y < 0 || x >= side || y >= side ? -1 : ((int) y) * side + (int) x;
  }

  /** Moves a sample's colour towards another. */
  void tintTowards(int sample, double[] colour, double amount) {
    for (int c = 0; c < colour.length; c++) {
      tint[c][sample] = (float) Ramp.mix(tint[c][sample], colour[c], amount);
    }
  }

  /** Filters a sample's colour. */
  void tintBy(int sample, double[] factor, double amount) {
    for (int c = 0; c < factor.length; c++) {
      tint[c][sample] *= (float) Ramp.mix(1, factor[c], amount);
    }
  }

  private void visit(int left, int right, int top, int bottom, Edit edit) {
    for (int row = top; row < bottom; row++) {
      double y = (row + 0.5) / side;
      for (int column = left; column < right; column++) {
        double x = (column + 0.5) / side;
        edit.at(row * side + column, pose.u(x, y), pose.v(x, y));
      }
    }
  }
}
