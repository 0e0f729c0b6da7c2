package org.aand.io.synthesis;

import java.util.random.RandomGenerator;

/** A run of colours; a number from 0 to 1 picks one, blended from its two neighbours. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Palette(float[][] colours) {
  /**
   * Draws one of several schemes, the muted ones more often: stone greys, earth colours, shades of
   * one hue, neighbouring hues, two opposite hues.
   */
  static Palette draw(RandomGenerator random) {
    int size = random.nextInt(2, 6);
    double hue = random.nextDouble();
    double dark = random.nextDouble(0.08, 0.45);
    double light = random.nextDouble(Math.max(0.55, dark + 0.25), 1.0);
    int scheme = random.nextInt(6);
    float[][] colours = new float[size][];
    for (int i = 0; i < size; i++) {
      double place = (double) i / (size - 1);
      double value = dark + (light - dark) * place + random.nextDouble(-0.08, 0.08);
      colours[i] =
          switch (scheme) {
            case 0 -> colour(hue + random.nextDouble(-0.1, 0.1), random.nextDouble(0, 0.1), value);
            case 1 -> colour(random.nextDouble(0.03, 0.13), random.nextDouble(0.2, 0.65), value);
            case 2 -> colour(hue, random.nextDouble(0.15, 0.6), value);
            case 3 ->
                colour(hue + random.nextDouble(-0.12, 0.12), random.nextDouble(0.25, 0.8), value);
            case 4 ->
                colour(
                    i % 2 == 0 ? hue : hue + 0.5 + random.nextDouble(-0.08, 0.08),
                    random.nextDouble(0.2, 0.75),
                    value);
            default -> colour(random.nextDouble(), random.nextDouble(0.2, 0.9), value);
          };
    }
    if (random.nextBoolean()) {
      shuffle(colours, random);
    }
    return new Palette(colours);
  }

  /** Red, green, blue (0..1) at a place; places outside 0..1 are clipped. */
  void at(double place, float[] colour) {
    double position = Math.max(0, Math.min(1, place)) * (colours.length - 1);
    int lower = Math.min((int) position, colours.length - 2);
    float share = (float) (position - lower);
    for (int c = 0; c < 3; c++) {
      colour[c] = colours[lower][c] * (1 - share) + colours[lower + 1][c] * share;
    }
  }

  private static void shuffle(float[][] colours, RandomGenerator random) {
    for (int i = colours.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float[] other = colours[j];
      colours[j] = colours[i];
      colours[i] = other;
    }
  }

  /** From hue (in turns), saturation and value. */
  private static float[] colour(double hue, double saturation, double value) {
    double v = Math.max(0, Math.min(1, value));
    float[] colour = new float[3];
    for (int c = 0; c < 3; c++) {
      double distance = Math.abs(fraction(hue - c / 3.0 + 0.5) - 0.5) * 6;
      double share = Math.max(0, Math.min(1, 2 - distance));
      colour[c] = (float) (v * (1 - saturation * (1 - share)));
    }
    return colour;
  }

  private static double fraction(double value) {
    return value - Math.floor(value);
  }
}
