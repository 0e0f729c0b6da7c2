package org.aand.io.synthesis.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws the augmenters of one texture: some of the ten kinds without replacement, in the order they
 * were drawn, each with its parameters.
 *
 * <ul>
 *   <li>{@link GammaContrast}: U(0.5, 2) per channel
 *   <li>{@link MultiplyAndAddToBrightness}: times U(0.8, 1.2), plus an integer of -30..30, in any
 *       of the six colour spaces, in either order
 *   <li>{@link EnhanceSharpness}: U(0, 2)
 *   <li>{@link AddToHueAndSaturation}: two integers of -50..50
 *   <li>{@link Solarize}: with probability 0.5, threshold U(32, 128)
 *   <li>{@link Posterize}: 1..8 bits
 *   <li>{@link Invert}: always
 *   <li>{@link Autocontrast}: cutoff an integer of 0..20 %
 *   <li>{@link Equalize}
 *   <li>{@link Rotate}: U(-45, 45) degrees
 * </ul>
 *
 * @param count how many are drawn, 0..10
 */
public record AugmenterSampler(int count) {
  /** How many kinds there are. */
  public static final int KINDS = Kind.values().length;

  private static final List<ColorSpace> SPACES = List.of(ColorSpace.values());

  private enum Kind {
    GAMMA,
    BRIGHTNESS,
    SHARPNESS,
    HUE_AND_SATURATION,
    SOLARIZE,
    POSTERIZE,
    INVERT,
    AUTOCONTRAST,
    EQUALIZE,
    ROTATE
  }

  /** Three, as in the released code. */
  public AugmenterSampler() {
    this(3);
  }

  /**
   * @throws IllegalArgumentException if there are not that many kinds
   */
  public AugmenterSampler {
    if (count < 0 || count > KINDS) {
      throw new IllegalArgumentException(count + " augmenters of " + KINDS);
    }
  }

  /**
   * Draws the augmenters of one texture.
   *
   * @param random what decides
   * @return {@link #count} augmenters of different kinds, to be applied first to last
   */
  public List<Augmenter> draw(RandomGenerator random) {
    var kinds = Kind.values();
    var drawn = new ArrayList<Augmenter>(count);
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i, kinds.length);
      var kind = kinds[j];
      kinds[j] = kinds[i];
      drawn.add(draw(kind, random));
    }
    return List.copyOf(drawn);
  }

  private static Augmenter draw(Kind kind, RandomGenerator random) {
    return switch (kind) {
      case GAMMA ->
          new GammaContrast(
              random.nextDouble(0.5, 2), random.nextDouble(0.5, 2), random.nextDouble(0.5, 2));
      case BRIGHTNESS ->
          new MultiplyAndAddToBrightness(
              SPACES.get(random.nextInt(SPACES.size())),
              random.nextDouble(0.8, 1.2),
              random.nextInt(-30, 31),
              random.nextBoolean());
      case SHARPNESS -> new EnhanceSharpness(random.nextDouble(0, 2));
      case HUE_AND_SATURATION ->
          new AddToHueAndSaturation(random.nextInt(-50, 51), random.nextInt(-50, 51));
      case SOLARIZE -> new Solarize(random.nextDouble(32, 128), random.nextBoolean());
      case POSTERIZE -> new Posterize(random.nextInt(1, 9));
      case INVERT -> new Invert();
      case AUTOCONTRAST -> new Autocontrast(random.nextInt(0, 21));
      case EQUALIZE -> new Equalize();
      case ROTATE -> new Rotate(random.nextDouble(-45, 45));
    };
  }
}
