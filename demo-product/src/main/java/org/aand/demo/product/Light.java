package org.aand.demo.product;

import java.util.Arrays;
import java.util.List;

/**
 * Lights a {@link Surface} that lies on its belt: a lamp to the upper left, a weaker one to the
 * right, a bright surrounding, and the part's soft shadow.
 *
 * <p>Grooves spread a lamp's reflection across themselves and keep it narrow along them, which
 * gives turned metal its fans of light (the half-vector form of G. J. Ward, Measuring and modeling
 * anisotropic reflection, SIGGRAPH 1992, with a falloff that needs no exponential).
 *
 * @param lamps the lamps
 * @param belt what the part lies on
 */
record Light(List<Lamp> lamps, Belt belt) {
  private static final double[] INK = {0.012, 0.013, 0.020};
  private static final double SHADOW_DEPTH = 0.85;
  private static final double SHADOW_LENGTH = 0.045;
  private static final double SHADOW_SOFTNESS = 0.022;

  /** A far lamp: unit direction towards it, and its strength. */
  record Lamp(double x, double y, double z, double strength) {
    static Lamp towards(double x, double y, double z, double strength) {
      double length = Math.sqrt(x * x + y * y + z * z);
      return new Lamp(x / length, y / length, z / length, strength);
    }
  }

  static Light drawn(Draw draw) {
    var lamps =
        List.of(
            Lamp.towards(
                draw.between(-0.58, -0.50),
                draw.between(-0.68, -0.60),
                0.75,
                draw.between(0.95, 1.05)),
            Lamp.towards(0.85, draw.between(-0.28, -0.2), 0.6, draw.between(0.28, 0.34)));
    return new Light(lamps, Belt.drawn(draw));
  }

  /**
   * Lights the whole image.
   *
   * @return {@code [3][side * side]}, linear light, white near 1
   */
  float[][] on(Surface surface) {
    float[][] lit = new float[3][surface.side * surface.side];
    light(surface, Region.whole(surface.side), lit);
    return lit;
  }

  /**
   * Lights a surface that partly is another one whose light is known.
   *
   * @param before the other surface's light
   * @param changed where the surfaces differ
   * @return {@code [3][side * side]}
   */
  float[][] again(Surface surface, float[][] before, Region changed) {
    float[][] lit = Arrays.stream(before).map(float[]::clone).toArray(float[][]::new);
    double reach = (SHADOW_LENGTH + 2 * SHADOW_SOFTNESS) / surface.pitch();
    light(surface, changed.grown((int) reach + 3, surface.side), lit);
    return lit;
  }

  private void light(Surface surface, Region region, float[][] lit) {
    int side = surface.side;
    float[] shadow = shadow(surface);
    double[] colour = new double[3];
    for (int row = region.top(); row < region.bottom(); row++) {
      for (int column = region.left(); column < region.right(); column++) {
        int sample = row * side + column;
        double cover = surface.cover[sample];
        for (int c = 0; c < 3; c++) {
          lit[c][sample] = 0;
        }
        if (cover < 1) {
          belt.colour((column + 0.5) / side, (row + 0.5) / side, colour);
          add(lit, sample, colour, (1 - cover) * (1 - SHADOW_DEPTH * shadow[sample]));
        }
        if (cover > 0) {
          metal(surface, row, column, colour);
          add(lit, sample, colour, cover);
        }
      }
    }
  }

  private static void add(float[][] lit, int sample, double[] colour, double weight) {
    for (int c = 0; c < 3; c++) {
      lit[c][sample] += (float) (weight * colour[c]);
    }
  }

  private void metal(Surface surface, int row, int column, double[] colour) {
    int side = surface.side;
    int sample = row * side + column;
    float[] height = surface.height;
    double slope = 1 / (2 * surface.pitch());
    int left = column > 0 ? sample - 1 : sample;
    int right = column < side - 1 ? sample + 1 : sample;
    int above = row > 0 ? sample - side : sample;
    int below = row < side - 1 ? sample + side : sample;
    double dx = (column + 0.5) / side - surface.pose.centreX();
    double dy = (row + 0.5) / side - surface.pose.centreY();
    double r = Math.sqrt(dx * dx + dy * dy) + 1e-9;
    double radialX = dx / r;
    double radialY = dy / r;
    double grain = surface.grain[sample];
    double nx = (height[left] - height[right]) * slope + grain * radialX;
    double ny = (height[above] - height[below]) * slope + grain * radialY;
    double nz = 1 / Math.sqrt(nx * nx + ny * ny + 1);
    nx *= nz;
    ny *= nz;

    double turned = surface.turned[sample];
    double along = Ramp.mix(0.42, 0.15, turned);
    double across = Ramp.mix(0.42, 0.50, turned);
    double diffuse = 0;
    double mirrored = 0;
    for (Lamp lamp : lamps) {
      double facing = nx * lamp.x + ny * lamp.y + nz * lamp.z;
      if (facing > 0) {
        diffuse += lamp.strength * facing;
        mirrored +=
            lamp.strength * lobe(lamp, nx, ny, nz, radialX, radialY, along, across) * facing;
      }
    }
    // The surrounding: brighter above and to the left, as the reflected ray sees it.
    double surrounding = 0.42 - 0.28 * nz * nx - 0.34 * nz * ny;
    double gloss = surface.gloss[sample];
    double ink = surface.ink[sample];
    double bare =
        (1 - gloss) * (0.72 * diffuse + 0.3) + gloss * (2.5 * mirrored + 0.62 * surrounding);
    double inked = 0.7 * diffuse + 0.3 + 0.5 * mirrored;
    for (int c = 0; c < 3; c++) {
      colour[c] = (1 - ink) * bare * surface.tint[c][sample] + ink * inked * INK[c];
    }
  }

  private static double lobe(
      Lamp lamp,
      double nx,
      double ny,
      double nz,
      double radialX,
      double radialY,
      double along,
      double across) {
    double hx = lamp.x;
    double hy = lamp.y;
    double hz = lamp.z + 1;
    double hn = hx * nx + hy * ny + hz * nz;
    // Components along the groove and across it, both relative to the normal's.
    double t = (hy * radialX - hx * radialY - (ny * radialX - nx * radialY) * hn) / (along * hn);
    double b = (hx * radialX + hy * radialY - (nx * radialX + ny * radialY) * hn) / (across * hn);
    double q = 1 + 0.5 * (t * t + b * b);
    return 1 / (q * q);
  }

  private float[] shadow(Surface surface) {
    int side = surface.side;
    double unit = surface.pose.radius() * side;
    int radius = (int) Math.max(1, Math.rint(SHADOW_SOFTNESS * unit));
    float[] blurred = BoxBlur.twice(surface.cover, side, radius);
    int shiftX = (int) Math.rint(-lamps.get(0).x * SHADOW_LENGTH * unit);
    int shiftY = (int) Math.rint(-lamps.get(0).y * SHADOW_LENGTH * unit);
    float[] shadow = new float[blurred.length];
    for (int y = 0; y < side; y++) {
      int fromY = Math.max(0, Math.min(side - 1, y - shiftY));
      for (int x = 0; x < side; x++) {
        int fromX = Math.max(0, Math.min(side - 1, x - shiftX));
        shadow[y * side + x] = blurred[fromY * side + fromX];
      }
    }
    return shadow;
  }
}
