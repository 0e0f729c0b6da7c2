package org.aand.common.image;

/**
 * What happens to an image before the network sees it: resized (the aspect ratio is not kept), then
 * normalised.
 *
 * @param size of the network's input, in pixels
 * @param resize how images are resized
 * @param normalisation the channel statistics
 * @param maskRule how ground-truth masks are resized and made zeros and ones
 */
public record Preprocessing(
    ImageSize size, Resize resize, Normalisation normalisation, MaskRule maskRule) {
  /** AAND's: 256 pixels, bicubic, ImageNet's statistics, masks by the nearest pixel. */
  public Preprocessing() {
    this(ImageSize.square(256));
  }

  /**
   * AAND's at another size.
   *
   * @param size height and width in pixels
   */
  public Preprocessing(ImageSize size) {
    this(size, Resize.BICUBIC, Normalisation.IMAGENET, MaskRule.NOT_ZERO);
  }

  /** The image at the network's size, still in 8 bits; {@code [height, width, 3]}. */
  public RgbImage resize(RgbImage image) {
    return resize.apply(image, size.width(), size.height());
  }

  /** The network's input; {@code [height, width, 3]}, channels last. */
  public float[] apply(RgbImage image) {
    return normalisation.apply(resize(image));
  }
}
