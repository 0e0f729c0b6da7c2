package org.aand.demo.product;

import java.util.ArrayList;
import java.util.List;

/** Drops of oil, dried coolant with its bright rim, or rust. */
final class Stain implements Defect {
  private static final Matter OIL = new Matter(new double[] {0.10, 0.065, 0.030}, 0.25, 0.6);
  private static final Matter COOLANT = new Matter(new double[] {0.88, 0.89, 0.80}, 0.7, 0.05);
  private static final Matter RUST = new Matter(new double[] {0.33, 0.14, 0.05}, 0.1, 0.05);
  private static final List<Matter> MATTERS = List.of(OIL, COOLANT, RUST);

  /**
   * @param colour of a thick layer
   * @param rim how much more of it has dried at the edge
   * @param gloss of a thick layer
   */
  @SuppressWarnings("ArrayRecordComponent") // constants, never compared
  private record Matter(double[] colour, double rim, double gloss) {}

  private record Drop(Place middle, double size) {}

  @Override
  public void apply(Surface surface, GearFinish finish, Draw draw, double severity) {
    Matter matter = MATTERS.get(draw.below(MATTERS.size()));
    Place middle = Place.inRing(draw, 0.30, 0.85);
    double size = Ramp.mix(0.08, 0.19, severity) * draw.between(0.85, 1.15);
    double thickness = Ramp.mix(0.28, 0.85, severity);
    var drops = new ArrayList<Drop>();
    drops.add(new Drop(middle, size));
    for (int i = draw.below(5); i > 0; i--) {
      Place off = Place.polar(size * draw.between(1.1, 1.8), draw.angle());
      var place = new Place(middle.u() + off.u(), middle.v() + off.v());
      drops.add(new Drop(place, size * draw.between(0.12, 0.3)));
    }
    LatticeNoise outline = draw.noise();
    LatticeNoise patches = draw.noise();
    surface.around(
        middle.u(),
        middle.v(),
        2.5 * size,
        (sample, u, v) -> {
          if (surface.cover[sample] == 0) {
            return;
          }
          double inside = -1;
          for (Drop drop : drops) {
            double wobble = 0.32 * outline.fractal(u * 9, v * 9, 3);
            double q = drop.middle().distance(u, v) / drop.size();
            inside = Math.max(inside, (1 - q - wobble * Math.min(1, q)) * drop.size() / size);
          }
          double wet = Ramp.between(0, 0.07, inside);
          double rim = wet * Ramp.between(0.2, 0.05, inside);
          double patchy = 0.78 + 0.22 * patches.fractal(u * 14, v * 14, 3);
          double layer =
              thickness * wet * patchy * ((1 - 0.5 * matter.rim()) + 0.9 * matter.rim() * rim);
          spread(surface, sample, matter, Ramp.clamp(layer));
        });
  }

  private static void spread(Surface surface, int sample, Matter matter, double layer) {
    surface.tintTowards(sample, matter.colour(), layer);
    surface.gloss[sample] = (float) Ramp.mix(surface.gloss[sample], matter.gloss(), layer);
    surface.turned[sample] *= (float) (1 - 0.8 * layer);
    surface.grain[sample] *= (float) (1 - 0.6 * layer);
    surface.ink[sample] *= (float) (1 - 0.4 * layer);
  }
}
