package org.aand.io.variation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.aand.common.InputException;
import org.aand.common.image.ImageChange;

/**
 * How much the normal images of a line vary: every copy that is trained on beside an image is drawn
 * from these ranges.
 *
 * @param lighting brightness and contrast are each multiplied by a factor that is uniform in 1 -
 *     lighting to 1 + lighting; in [0, 0.5]
 * @param rotation degrees that the image is turned by at most, to either side; in [0, 180]
 * @param shift share of width and of height that the image is moved by at most, to either side; in
 *     [0, 0.25]
 */
public record Variation(double lighting, double rotation, double shift) {
  /** Copies that are made of every image. */
  public static final int COPIES = 2;

  private static final double MOST_LIGHTING = 0.5;
  private static final double MOST_ROTATION = 180;
  private static final double MOST_SHIFT = 0.25;

  /** What a kind has if no amount is said. */
  private static final Map<String, Double> USUAL =
      Map.of("lighting", 0.15, "rotation", 3.0, "shift", 0.02);

  private static final Pattern PART =
      Pattern.compile("([a-z]+)(?:=([0-9]{1,3}(?:\\.[0-9]{1,4})?))?");

  /**
   * @throws IllegalArgumentException if an amount is out of its range, or nothing varies
   */
  public Variation {
    require("lighting", lighting, MOST_LIGHTING);
    require("rotation", rotation, MOST_ROTATION);
    require("shift", shift, MOST_SHIFT);
    if (lighting == 0 && rotation == 0 && shift == 0) {
      throw new IllegalArgumentException("a variation in which nothing varies");
    }
  }

  private static void require(String kind, double amount, double most) {
    if (!(amount >= 0 && amount <= most)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a %s of %s is not between 0 and %s; beyond, normal images would not look normal",
              kind,
              amount,
              most));
    }
  }

  /**
   * The variation that a text such as {@code lighting=0.2,rotation} names; a kind without an amount
   * has 0.15, 3 degrees or 0.02.
   *
   * @throws InputException if it names none
   */
  public static Variation parse(String text) {
    var amounts = new LinkedHashMap<String, Double>();
    for (var part : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      var match = PART.matcher(part.strip());
      var usual = match.matches() ? USUAL.get(match.group(1)) : null;
      if (usual == null || amounts.containsKey(match.group(1))) {
        throw new InputException(
            "'"
                + part.strip()
                + "' is no variation; write lighting, rotation and shift, each once, with an"
                + " amount or without, such as lighting=0.2,rotation=5,shift=0.03");
      }
      amounts.put(
          match.group(1), match.group(2) == null ? usual : Double.parseDouble(match.group(2)));
    }
    try {
      return new Variation(
          amounts.getOrDefault("lighting", 0.0),
          amounts.getOrDefault("rotation", 0.0),
          amounts.getOrDefault("shift", 0.0));
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Draws a change: factors, angle and displacement, each uniform in its range. */
  public ImageChange draw(RandomGenerator random) {
    return new ImageChange(
        1 + lighting * symmetric(random),
        1 + lighting * symmetric(random),
        rotation * symmetric(random),
        shift * symmetric(random),
        shift * symmetric(random));
  }

  /** Uniform in [-1, 1). */
  private static double symmetric(RandomGenerator random) {
    return 2 * random.nextDouble() - 1;
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    var text = new StringJoiner(",");
    add(text, "lighting", lighting);
    add(text, "rotation", rotation);
    add(text, "shift", shift);
    return text.toString();
  }

  private static void add(StringJoiner text, String kind, double amount) {
    if (amount > 0) {
      text.add(kind + "=" + amount);
    }
  }
}
