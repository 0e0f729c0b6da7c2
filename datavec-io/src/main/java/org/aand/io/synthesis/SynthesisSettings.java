package org.aand.io.synthesis;

import org.aand.io.synthesis.augment.AugmenterSampler;

/**
 * How synthetic anomalies are made. The defaults are the paper's, but for the two settings that
 * repeat oddities of the released code, which default to off.
 *
 * @param anomalyProbability how often a sample is anomalous at all; the others stay clean
 * @param maximumBeta beta, the share of the image that shines through, is uniform in 0..this
 * @param noiseThreshold the anomaly is where the Perlin noise is above
 * @param minimumArea a mask must have more pixels than this, or the noise is drawn again
 * @param maximumDraws how often the noise is drawn at most
 * @param maximumPeriodExponent the noise has 2^k periods along each axis, k uniform in 0..this
 * @param augmenters how many of the ten augmenters change the texture
 * @param textureOrder how the texture's channels are handed to the augmenters and the image
 * @param repeatAugmentationPerEpoch off: every sample has its own augmenters. On: the released
 *     code's behaviour, whose four loader workers begin every epoch with the same state of the
 *     augmentation library, so that augmenters and rotations depend on the position in the worker's
 *     share of the epoch alone and repeat from epoch to epoch and worker to worker; see {@link
 *     SynthesisStreams}
 */
public record SynthesisSettings(
    double anomalyProbability,
    double maximumBeta,
    double noiseThreshold,
    int minimumArea,
    int maximumDraws,
    int maximumPeriodExponent,
    int augmenters,
    TextureOrder textureOrder,
    boolean repeatAugmentationPerEpoch) {

  /** In which order the channels of a texture are used. */
  public enum TextureOrder {
    /** As they are. */
    RGB,
    /** Red and blue exchanged: the released code reads textures as BGR and never converts them. */
    BGR
  }

  /** The paper's settings. */
  public SynthesisSettings() {
    this(0.8, 0.8, 0.5, 4, 11, 5, 3, TextureOrder.RGB, false);
  }

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public SynthesisSettings {
    check(anomalyProbability >= 0 && anomalyProbability <= 1, "anomalyProbability must be 0..1");
    check(maximumBeta >= 0 && maximumBeta <= 1, "maximumBeta must be 0..1");
    check(Math.abs(noiseThreshold) < 1, "noiseThreshold must be between -1 and 1");
    check(minimumArea >= 0, "minimumArea must not be negative");
    check(maximumDraws >= 1, "maximumDraws must be at least 1");
    check(
        maximumPeriodExponent >= 0 && maximumPeriodExponent <= 30,
        "maximumPeriodExponent must be 0..30");
    check(
        augmenters >= 0 && augmenters <= AugmenterSampler.KINDS,
        "augmenters must be 0.." + AugmenterSampler.KINDS);
  }

  /** These settings with another order of the texture's channels. */
  public SynthesisSettings withTextureOrder(TextureOrder order) {
    return new SynthesisSettings(
        anomalyProbability,
        maximumBeta,
        noiseThreshold,
        minimumArea,
        maximumDraws,
        maximumPeriodExponent,
        augmenters,
        order,
        repeatAugmentationPerEpoch);
  }

  /** These settings with another share of anomalous samples. */
  public SynthesisSettings withAnomalyProbability(double probability) {
    return new SynthesisSettings(
        probability,
        maximumBeta,
        noiseThreshold,
        minimumArea,
        maximumDraws,
        maximumPeriodExponent,
        augmenters,
        textureOrder,
        repeatAugmentationPerEpoch);
  }

  /** These settings with or without the released code's repetition of augmenters. */
  public SynthesisSettings withRepeatAugmentationPerEpoch(boolean repeat) {
    return new SynthesisSettings(
        anomalyProbability,
        maximumBeta,
        noiseThreshold,
        minimumArea,
        maximumDraws,
        maximumPeriodExponent,
        augmenters,
        textureOrder,
        repeat);
  }

  private static void check(boolean valid, String requirement) {
    if (!valid) {
      throw new IllegalArgumentException(requirement);
    }
  }
}
