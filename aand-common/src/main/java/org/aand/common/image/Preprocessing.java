package org.aand.common.image;

/**
 * What happens to an image before the network sees it: resized to a square (the aspect ratio is not
 * kept), then normalised.
 *
 * @param size width and height of the network's input, in pixels
 * @param resize how images are resized
 * @param normalisation the channel statistics
 * @param maskRule how ground-truth masks are resized and made zeros and ones
 */
public record Preprocessing(
    int size, Resize resize, Normalisation normalisation, MaskRule maskRule) {
  /**
   * @throws IllegalArgumentException if the size is not positive
   */
  public Preprocessing {
    if (size < 1) {
      throw new IllegalArgumentException("size " + size);
    }
  }

  /** AAND's: 256 pixels, bicubic, ImageNet's statistics, masks by the nearest pixel. */
  public Preprocessing() {
    this(256);
  }

  /**
   * AAND's at another size.
   *
   * @param size width and height in pixels
   */
  public Preprocessing(int size) {
    this(size, Resize.BICUBIC, Normalisation.IMAGENET, MaskRule.NOT_ZERO);
  }

  /** The image at the network's size, still in 8 bits; {@code [size, size, 3]}. */
  public RgbImage resize(RgbImage image) {
    return resize.apply(image, size, size);
  }

  /** The network's input; {@code [size, size, 3]}, channels last. */
  public float[] apply(RgbImage image) {
    return normalisation.apply(resize(image));
  }
}
