package org.aand.io.synthesis;

/** Patterns that repeat: made surfaces and cellular ones; each draws its own parameters. */
final class RegularPatterns {
  private RegularPatterns() {}

  static double[] stripes(Canvas canvas) {
    var direction = canvas.direction();
    double count = canvas.between(4.0, 24.0);
    double halfWidth = canvas.between(0.08, 0.42);
    double softness = canvas.between(0.03, 0.3);
    double bend = canvas.between(0.0, 0.04);
    double[] warp = canvas.fractal(2, 3, 0.5);
    double[] wear = canvas.fractal(20, 3, 0.6);
    double wearing = canvas.between(0.0, 0.15);
    return canvas.fill(
        (u, v, i) -> {
          double place = fraction(count * (direction.along(u, v) + bend * warp[i]));
          return edge(Math.abs(place - 0.5), halfWidth, softness) + wearing * wear[i];
        });
  }

  static double[] checks(Canvas canvas) {
    var direction = canvas.direction();
    int count = canvas.between(4, 16);
    double bend = canvas.between(0.0, 0.03);
    double[] warp = canvas.fractal(3, 3, 0.5);
    double[] wear = canvas.fractal(10, 3, 0.6);
    double line = canvas.random().nextBoolean() ? canvas.between(0.03, 0.1) : 0;
    return canvas.fill(
        (u, v, i) -> {
          double x = count * (direction.along(u, v) + bend * warp[i]);
          double y = count * (direction.across(u, v) - bend * warp[i]);
          if (Math.min(fraction(x), fraction(y)) < line) {
            return 0.5;
          }
          boolean dark = Math.floorMod((long) Math.floor(x) + (long) Math.floor(y), 2L) == 0;
          return (dark ? 0.1 : 0.9) + 0.1 * wear[i];
        });
  }

  static double[] dots(Canvas canvas) {
    var points = new FeaturePoints(canvas, canvas.between(5, 22), canvas.between(0.0, 0.9));
    double radius = canvas.between(0.18, 0.42);
    double softness = canvas.between(0.02, 0.2);
    double[] ground = canvas.fractal(6, 3, 0.6);
    boolean coloured = canvas.random().nextBoolean();
    return canvas.fill(
        (u, v, i) -> {
          var dot = points.nearest(u, v);
          double inside = 1 - edge(dot.first(), radius * (0.6 + 0.4 * dot.label()), softness);
          double colour = coloured ? 0.35 + 0.65 * dot.label() : 1;
          return (0.12 + 0.1 * ground[i]) * (1 - inside) + colour * inside;
        });
  }

  /** Voronoi cells: pebbles, cracked mud, scales, foam. */
  static double[] cells(Canvas canvas) {
    var points = new FeaturePoints(canvas, canvas.between(5, 24), canvas.between(0.6, 1.0));
    double[] warp = canvas.fractal(4, 4, 0.5);
    double bend = canvas.between(0.0, 0.03);
    double gap = canvas.between(0.04, 0.25);
    double label = canvas.between(0.0, 0.6);
    boolean domed = canvas.random().nextBoolean();
    return canvas.fill(
        (u, v, i) -> {
          var cell = points.nearest(u + bend * warp[i], v - bend * warp[i]);
          double border = Math.min(1, (cell.second() - cell.first()) / gap);
          double height = domed ? 1 - cell.first() : 1;
          return border * (label * cell.label() + (1 - label) * height);
        });
  }

  static double[] bricks(Canvas canvas) {
    int rows = canvas.between(5, 18);
    double aspect = canvas.between(1.0, 3.2);
    double shift = canvas.random().nextInt(3) / 2.0;
    double mortar = canvas.between(0.05, 0.14);
    double[] tone = new double[1024];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = canvas.between(0.4, 1.0);
    }
    double[] wear = canvas.fractal(14, 4, 0.6);
    double[] warp = canvas.fractal(6, 3, 0.5);
    return canvas.fill(
        (u, v, i) -> {
          double y = rows * (v + 0.004 * warp[i]);
          long row = (long) Math.floor(y);
          double x = rows / aspect * (u + 0.004 * warp[i]) + shift * row;
          double fromSide = Math.min(fraction(x), 1 - fraction(x)) * aspect;
          double fromBed = Math.min(fraction(y), 1 - fraction(y));
          double inside = edge(Math.min(fromSide, fromBed), mortar, 0.05);
          int brick = (int) Math.floorMod((long) Math.floor(x) * 31 + row * 57, (long) tone.length);
          return inside * (tone[brick] + 0.12 * wear[i]) + (1 - inside) * 0.08;
        });
  }

  /** Threads going over and under each other. */
  static double[] weave(Canvas canvas) {
    double count = canvas.between(10, 48);
    int over = canvas.between(1, 3);
    double[] fibre = canvas.fractal(40, 2, 0.7);
    double[] uneven = canvas.fractal(4, 3, 0.5);
    double bend = canvas.between(0.0, 0.3);
    double contrast = canvas.between(0.05, 0.4);
    return canvas.fill(
        (u, v, i) -> {
          double x = count * u + bend * uneven[i];
          double y = count * v - bend * uneven[i];
          long column = (long) Math.floor(x);
          long row = (long) Math.floor(y);
          boolean warpOnTop = Math.floorMod(column + row, over + 1L) == 0;
          double thread = warpOnTop ? fraction(x) : fraction(y);
          double length = warpOnTop ? fraction(y) : fraction(x);
          double round = Math.sin(Math.PI * thread) * (0.6 + 0.4 * Math.sin(Math.PI * length));
          return 0.75 * round + (warpOnTop ? contrast : 0) * round + 0.1 * fibre[i];
        });
  }

  /** Overlaid waves, bent: ripples, moire, corrugation. */
  static double[] ripples(Canvas canvas) {
    int waves = canvas.between(1, 3);
    double[] right = new double[waves];
    double[] down = new double[waves];
    for (int i = 0; i < waves; i++) {
      var direction = canvas.direction();
      double count = canvas.between(4.0, 20.0);
      right[i] = 2 * Math.PI * count * direction.right();
      down[i] = 2 * Math.PI * count * direction.down();
    }
    double[] warp = canvas.fractal(2, 4, 0.5);
    double bend = canvas.between(0.0, 4.0);
    return canvas.fill(
        (u, v, i) -> {
          double sum = 0;
          for (int wave = 0; wave < waves; wave++) {
            sum += Math.sin(right[wave] * u + down[wave] * v + bend * warp[i]);
          }
          return 0.5 + 0.5 * sum / waves;
        });
  }

  /** Zigzag rows, as of herringbone cloth. */
  static double[] zigzag(Canvas canvas) {
    double columns = canvas.between(3.0, 10.0);
    double rows = canvas.between(8.0, 30.0);
    double height = canvas.between(0.5, 2.5);
    double softness = canvas.between(0.05, 0.5);
    double[] fibre = canvas.fractal(30, 3, 0.7);
    return canvas.fill(
        (u, v, i) -> {
          double fold = Math.abs(fraction(columns * u) - 0.5) * 2;
          double place = fraction(rows * v + height * fold);
          return edge(Math.abs(place - 0.5), 0.25, softness / 2) + 0.12 * fibre[i];
        });
  }

  private static double fraction(double value) {
    return value - Math.floor(value);
  }

  /** 0 well below the place, 1 well above, a smooth step of the given width between. */
  private static double edge(double value, double place, double softness) {
    double t = Math.max(0, Math.min(1, (value - place) / softness + 0.5));
    return t * t * (3 - 2 * t);
  }
}
