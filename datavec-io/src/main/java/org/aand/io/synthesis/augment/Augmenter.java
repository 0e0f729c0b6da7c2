package org.aand.io.synthesis.augment;

import org.aand.common.image.RgbImage;

/**
 * One change of a texture, with the parameters that were drawn for it: a pure function of the
 * image.
 *
 * <p>{@link AugmenterSampler} draws them with the distributions of the paper's released code. An
 * augmenter treats the channels as red, green, blue whatever they hold.
 */
public sealed interface Augmenter
    permits GammaContrast,
        MultiplyAndAddToBrightness,
        EnhanceSharpness,
        AddToHueAndSaturation,
        Solarize,
        Posterize,
        Invert,
        Autocontrast,
        Equalize,
        Rotate {
  /**
   * Applies the change.
   *
   * @param image {@code [height, width, 3]}, not written to
   * @return the changed image, of the same size
   */
  RgbImage apply(RgbImage image);
}
