package org.aand.io.synthesis;

/** Patterns of grown, mixed and worked matter; each draws its own parameters. */
final class NaturalPatterns {
  private NaturalPatterns() {}

  static double[] marble(Canvas canvas) {
    double[] warp = canvas.fractal(canvas.between(2, 4), 5, 0.55);
    var direction = canvas.direction();
    double bands = canvas.between(1.5, 6.0);
    double turbulence = canvas.between(0.6, 2.0);
    double sharpness = canvas.between(0.4, 1.2);
    return canvas.fill(
        (u, v, i) -> {
          double phase = 2 * Math.PI * (bands * direction.along(u, v) + turbulence * warp[i]);
          return Math.pow(Math.abs(Math.sin(phase)), sharpness);
        });
  }

  static double[] wood(Canvas canvas) {
    double[] warp = canvas.fractal(1, canvas.between(1, 3), 3, 0.5);
    double[] grain = canvas.fractal(canvas.between(1, 3), canvas.between(40, 90), 2, 0.6);
    boolean upright = canvas.random().nextBoolean();
    double centre = canvas.between(-0.6, 1.4);
    double rings = canvas.between(5.0, 16.0);
    double bend = canvas.between(0.05, 0.3);
    double[] values =
        canvas.fill(
            (u, v, i) -> {
              double distance = Math.hypot(u - centre, 0.15 * (v - 0.5)) + bend * warp[i];
              double ring = rings * distance;
              double place = ring - Math.floor(ring);
              return 0.15 + 0.65 * place * place + 0.2 * grain[i];
            });
    return upright ? values : transposed(canvas, values);
  }

  static double[] clouds(Canvas canvas) {
    double[] noise =
        canvas.fractal(canvas.between(1, 6), canvas.between(4, 7), canvas.between(0.45, 0.75));
    return canvas.fill((u, v, i) -> 0.5 + 0.55 * noise[i]);
  }

  /** Mixed grains of several colours, as of granite or terrazzo. */
  static double[] granite(Canvas canvas) {
    var coarse = new FeaturePoints(canvas, canvas.between(14, 50), 1);
    var fine = new FeaturePoints(canvas, canvas.between(40, 90), 1);
    double[] warp = canvas.fractal(8, 3, 0.6);
    double bend = canvas.between(0.0, 0.02);
    double share = canvas.between(0.2, 0.6);
    return canvas.fill(
        (u, v, i) -> {
          var grain = coarse.nearest(u + bend * warp[i], v - bend * warp[i]);
          return (1 - share) * grain.label() + share * fine.nearest(u, v).label();
        });
  }

  /** Thin lines where noise changes sign: leather creases, cracks, roots. */
  static double[] veins(Canvas canvas) {
    double[] first = canvas.fractal(canvas.between(2, 7), 4, 0.5);
    double[] second = canvas.fractal(canvas.between(3, 10), 4, 0.5);
    double width = canvas.between(0.06, 0.3);
    double share = canvas.between(0.0, 0.8);
    return canvas.fill(
        (u, v, i) -> {
          double line = Math.min(1, Math.abs(first[i]) / width);
          double other = Math.min(1, Math.abs(second[i]) / width);
          return line * (1 - share + share * other);
        });
  }

  /** Streaks along one axis: brushed metal, hair, rain. */
  static double[] brushed(Canvas canvas) {
    int along = canvas.between(1, 4);
    double[] streaks = canvas.fractal(canvas.between(50, 120), along, 1, 0.5);
    double[] broad = canvas.fractal(canvas.between(5, 25), 1, 2, 0.5);
    double[] sheen = canvas.fractal(1, 2, 0.5);
    double contrast = canvas.between(0.15, 0.5);
    boolean upright = canvas.random().nextBoolean();
    double[] values =
        canvas.fill((u, v, i) -> 0.5 + contrast * streaks[i] + 0.25 * broad[i] + 0.25 * sheen[i]);
    return upright ? transposed(canvas, values) : values;
  }

  /** A slope of colour under grain: paper, plaster, sand. */
  static double[] grain(Canvas canvas) {
    var direction = canvas.direction();
    double[] grain = canvas.fractal(canvas.between(24, 80), 3, 0.8);
    double[] stains = canvas.fractal(2, 3, 0.5);
    double contrast = canvas.between(0.1, 0.35);
    return canvas.fill(
        (u, v, i) -> 0.25 + 0.4 * direction.along(u, v) + contrast * grain[i] + 0.2 * stains[i]);
  }

  /** Islands with a hard edge: rust, lichen, camouflage. */
  static double[] patches(Canvas canvas) {
    double[] shape = canvas.fractal(canvas.between(2, 8), 5, 0.5);
    double[] inside = canvas.fractal(canvas.between(10, 30), 3, 0.6);
    double levels = canvas.between(2, 5);
    double texture = canvas.between(0.05, 0.2);
    return canvas.fill(
        (u, v, i) ->
            Math.floor((0.5 + 0.6 * shape[i]) * levels) / (levels - 1) + texture * inside[i]);
  }

  private static double[] transposed(Canvas canvas, double[] values) {
    if (canvas.width() != canvas.height()) {
      return values;
    }
    int side = canvas.width();
    double[] swapped = new double[values.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        swapped[y * side + x] = values[x * side + y];
      }
    }
    return swapped;
  }
}
