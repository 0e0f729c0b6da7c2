package org.aand.io.synthesis;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.aand.common.image.RgbImage;
import org.aand.io.synthesis.SynthesisSettings.TextureOrder;
import org.aand.io.synthesis.augment.AffineRotation;
import org.aand.io.synthesis.augment.Augmenter;
import org.aand.io.synthesis.augment.AugmenterSampler;

/**
 * Makes anomalies in normal images, for training the residual anomaly amplification: a randomly
 * changed texture is blended into the image where rotated Perlin noise is high and the object is.
 *
 * <p>Thread-safe and stateless; what comes out depends on the arguments and the random generators
 * alone. Draws, in this order: the texture's number (if a source is given), augmenters, the noise's
 * periods, noise and its rotation until the mask is large enough, beta, and last whether the sample
 * stays clean. Pixels are only computed for samples that do not.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>"Advancing Pre-trained Teacher" (AAND), stage 1, and its released code.
 *   <li>V. Zavrtanik, M. Kristan, D. Skocaj. DRAEM. ICCV 2021 (the origin of the procedure).
 * </ol>
 */
public final class AnomalySynthesis {
  private static final double MAXIMUM_ROTATION = 90;

  private final SynthesisSettings settings;
  private final Function<RgbImage, float[]> normalisation;
  private final AugmenterSampler augmenters;

  /**
   * @param settings how anomalies are made
   * @param normalisation brings a texture to the scale of the images, {@code [height, width, 3]};
   *     the same that the images went through
   */
  public AnomalySynthesis(SynthesisSettings settings, Function<RgbImage, float[]> normalisation) {
    this.settings = settings;
    this.normalisation = normalisation;
    this.augmenters = new AugmenterSampler(settings.augmenters());
  }

  /**
   * Makes a sample with a given texture, all from one generator.
   *
   * @param image {@code [height, width, 3]}, normalised; not written to
   * @param foreground {@code [height, width]}, anything but 0 is object
   * @param texture of any size, red green blue
   * @param width of the image, in pixels
   * @param height of the image, in pixels
   * @param random what decides
   * @return the sample; its image is {@code image} itself if it stays clean
   */
  public SyntheticSample synthesise(
      float[] image,
      byte[] foreground,
      RgbImage texture,
      int width,
      int height,
      RandomGenerator random) {
    return synthesise(image, foreground, () -> texture, width, height, random, random);
  }

  /**
   * Makes a sample with a texture drawn from a source; see {@link SynthesisStreams} for the two
   * generators.
   *
   * @param image {@code [height, width, 3]}, normalised; not written to
   * @param foreground {@code [height, width]}, anything but 0 is object
   * @param textures one of which is drawn uniformly
   * @param width of the image, in pixels
   * @param height of the image, in pixels
   * @param random decides texture, noise, beta and whether the sample stays clean
   * @param augmentation decides the augmenters and the rotation of the noise
   * @return the sample; its image is {@code image} itself if it stays clean
   */
  public SyntheticSample synthesise(
      float[] image,
      byte[] foreground,
      TextureSource textures,
      int width,
      int height,
      RandomGenerator random,
      RandomGenerator augmentation) {
    int index = random.nextInt(textures.count());
    return synthesise(
        image, foreground, () -> textures.get(index), width, height, random, augmentation);
  }

  private SyntheticSample synthesise(
      float[] image,
      byte[] foreground,
      Supplier<RgbImage> texture,
      int width,
      int height,
      RandomGenerator random,
      RandomGenerator augmentation) {
    if (foreground.length != width * height || image.length != 3 * foreground.length) {
      throw new IllegalArgumentException(
          image.length
              + " image values and "
              + foreground.length
              + " foreground pixels for "
              + width
              + "x"
              + height);
    }
    if (empty(foreground)) { // without drawing masks again and again for none to be found
      return new SyntheticSample(image, new byte[foreground.length], false);
    }
    var changes = augmenters.draw(augmentation);
    byte[] mask = drawMask(foreground, width, height, random, augmentation);
    double beta = settings.maximumBeta() * random.nextDouble();
    boolean clean = random.nextDouble() >= settings.anomalyProbability();
    if (clean || area(mask) == 0) {
      return new SyntheticSample(image, new byte[mask.length], false);
    }
    var changed = BilinearResize.resize(texture.get(), width, height);
    if (settings.textureOrder() == TextureOrder.BGR) {
      changed = exchangeRedAndBlue(changed);
    }
    for (Augmenter change : changes) {
      changed = change.apply(changed);
    }
    float[] blended = Composition.compose(image, normalisation.apply(changed), mask, beta);
    return new SyntheticSample(blended, mask, true);
  }

  private byte[] drawMask(
      byte[] foreground,
      int width,
      int height,
      RandomGenerator random,
      RandomGenerator augmentation) {
    var noise =
        new PerlinNoise(width, height, drawPeriods(height, random), drawPeriods(width, random));
    byte[] mask;
    int draws = 0;
    do {
      double degrees = augmentation.nextDouble(-MAXIMUM_ROTATION, MAXIMUM_ROTATION);
      double[] rotated = new AffineRotation(width, height, degrees).apply(noise.draw(random));
      mask = Composition.mask(rotated, foreground, settings.noiseThreshold());
      draws++;
    } while (area(mask) <= settings.minimumArea() && draws < settings.maximumDraws());
    return mask;
  }

  /** 2^k periods; no more than pixels, which only matters for tiny images. */
  private int drawPeriods(int size, RandomGenerator random) {
    return Math.min(size, 1 << random.nextInt(settings.maximumPeriodExponent() + 1));
  }

  private static boolean empty(byte[] foreground) {
    for (byte value : foreground) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static int area(byte[] mask) {
    int area = 0;
    for (byte value : mask) {
      area += value;
    }
    return area;
  }

  private static RgbImage exchangeRedAndBlue(RgbImage image) {
    byte[] pixels = image.pixels().clone();
    for (int i = 0; i < pixels.length; i += 3) {
      byte red = pixels[i];
      pixels[i] = pixels[i + 2];
      pixels[i + 2] = red;
    }
    return new RgbImage(image.width(), image.height(), pixels);
  }
}
