package org.aand.demo.product;

/**
 * A bolt hole was not drilled. On some parts its centre was punched or the drill only started; on
 * the least severe ones there is a pilot hole, but no bolt fits through it.
 */
final class MissingHole implements Defect {
  private static final double PILOT = 0.35;
  private static final double DRILL_SLOPE = 0.55;
  private static final double[] DRILLED = {0.45, 0.45, 0.45};

  @Override
  public void apply(Surface surface, GearFinish finish, Draw draw, double severity) {
    var shape = GearShape.designed();
    int index = draw.below(GearShape.HOLES);
    var hole = shape.holes().get(index);
    if (severity < PILOT) {
      double radius = hole.radius() * Ramp.mix(0.68, 0.45, severity / PILOT);
      finish.paint(surface, shape.withHole(index, radius), hole.u(), hole.v(), 2 * hole.radius());
    } else {
      double started = hole.radius() * Ramp.mix(0.9, 0.15, (severity - PILOT) / (1 - PILOT));
      finish.paint(surface, shape.withoutHole(index), hole.u(), hole.v(), 2 * hole.radius());
      start(surface, hole, started);
    }
  }

  /** The cone that the drill's point leaves. */
  private static void start(Surface surface, GearShape.Hole hole, double radius) {
    surface.around(
        hole.u(),
        hole.v(),
        radius,
        (sample, u, v) -> {
          double distance = hole.distance(u, v) + hole.radius();
          if (distance < radius) {
            surface.height[sample] -= (float) (DRILL_SLOPE * (radius - distance));
            surface.turned[sample] = 0.6f;
            surface.gloss[sample] = 0.6f;
            surface.tintTowards(sample, DRILLED, 0.6);
          }
        });
  }
}
