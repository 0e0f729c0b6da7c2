package org.aand.io.reader;

import org.aand.common.image.Normalisation;
import org.aand.common.image.RgbImage;

/**
 * A resized image in a record, {@code [1, height, width, 3]}: kept in 8 bits, normalised when its
 * values are asked for.
 */
public final class ImageWritable extends ArrayRecord {
  private static final long serialVersionUID = 1L;

  private final transient RgbImage image;
  private final transient Normalisation normalisation;

  ImageWritable(RgbImage image, Normalisation normalisation) {
    super(1, image.height(), image.width(), 3);
    this.image = image;
    this.normalisation = normalisation;
  }

  /** The image in 8 bits, {@code [height, width, 3]}. */
  public RgbImage image() {
    return image;
  }

  /** The network's input, {@code [height, width, 3]}, normalised, channels last; a new array. */
  public float[] values() {
    return normalisation.apply(image);
  }

  @Override
  float[] floats() {
    return values();
  }
}
