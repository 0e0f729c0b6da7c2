package org.aand.demo.product;

/**
 * How one part came out of manufacture: makes the {@link Surface} of a {@link GearShape}, with the
 * lathe's grooves on rim and hub, a blasted web between, and the markings.
 */
final class GearFinish {
  private static final double[] STEEL = {0.60, 0.60, 0.61};
  private static final double[] BLASTED = {0.27, 0.28, 0.30};
  private static final double ENGRAVED = 0.16;
  private static final int GROOVES = 1024;

  private final LatticeNoise mottle;
  private final LatticeNoise grit;
  private final LatticeNoise wear;
  private final float[] grooves = new float[GROOVES + 2];
  private final double brightness;
  private final double warmth;
  private final double inkStrength;

  /** Decides on the part's own variation. */
  GearFinish(Draw draw) {
    mottle = draw.noise();
    grit = draw.noise();
    wear = draw.noise();
    brightness = draw.between(0.94, 1.06);
    warmth = draw.between(-0.015, 0.015);
    inkStrength = draw.between(0.94, 0.985);
    double broad = 0;
    for (int i = 0; i < grooves.length; i++) {
      broad += 0.25 * (draw.bell() - broad);
      grooves[i] = (float) (0.55 * draw.bell() + 1.2 * broad);
    }
  }

  /** Makes the whole part. */
  void paint(Surface surface, GearShape shape) {
    surface.everywhere((sample, u, v) -> paint(surface, shape, sample, u, v));
  }

  /** Draws again what lies around a point. */
  void paint(Surface surface, GearShape shape, double u, double v, double reach) {
    surface.around(u, v, reach, (sample, pu, pv) -> paint(surface, shape, sample, pu, pv));
  }

  private void paint(Surface surface, GearShape shape, int sample, double u, double v) {
    double pitch = surface.pitch();
    var point = shape.at(u, v);
    double distance = point.distance();
    double cover = Ramp.clamp(0.5 - distance / pitch);
    surface.cover[sample] = (float) cover;
    surface.height[sample] = (float) point.height();
    if (distance > 4 * pitch) {
      return;
    }
    double r = Math.sqrt(u * u + v * v);
    double web =
        Ramp.between(GearShape.HUB - 0.02, GearShape.HUB - 0.01, r)
            * Ramp.between(GearShape.RIM, GearShape.RIM - 0.01, r);
    double groove = groove(r);
    double mottled = mottle.fractal(u * 6, v * 6, 2);
    double gritty = grit.at(u * 85, v * 85);
    double lightness = brightness * (1 + 0.035 * mottled);
    double rough = lightness * (1 + 0.09 * gritty);
    double bright = lightness * (1 + 0.06 * groove + 0.02 * gritty);
    for (int c = 0; c < 3; c++) {
      double tone = 1 + warmth * (1 - c);
      surface.tint[c][sample] =
          (float) (tone * Ramp.mix(STEEL[c] * bright, BLASTED[c] * rough, web));
    }
    double around = 0.75 + 0.25 * wear.at(u * 9 + 40, v * 9);
    surface.grain[sample] = (float) Ramp.mix(0.085 * groove * around, 0.16 * gritty, web);
    surface.gloss[sample] = (float) Ramp.mix(0.85 + 0.05 * mottled, 0.22, web);
    surface.turned[sample] = (float) (1 - web);
    surface.ink[sample] = 0;
    if (cover > 0) {
      mark(surface, sample, u, v, pitch);
    }
  }

  private void mark(Surface surface, int sample, double u, double v, double pitch) {
    double ink = Ramp.clamp(0.5 - Marking.print(u, v) / (1.4 * pitch));
    if (ink > 0) {
      double worn = Ramp.clamp(1 - 0.16 * Math.max(0, wear.fractal(u * 30, v * 30, 3)));
      surface.ink[sample] = (float) (ink * inkStrength * worn);
    }
    double line = Ramp.clamp(0.5 - Marking.scale(u, v) / pitch);
    if (line > 0) {
      surface.height[sample] -= (float) (0.006 * line);
      surface.gloss[sample] *= (float) (1 - 0.8 * line);
      double[] paint = {ENGRAVED, ENGRAVED, ENGRAVED};
      surface.tintTowards(sample, paint, line * 0.85);
    }
  }

  private double groove(double r) {
    double at = Math.min(r / 1.1, 1) * GROOVES;
    int index = (int) at;
    return Ramp.mix(grooves[index], grooves[index + 1], at - index);
  }
}
