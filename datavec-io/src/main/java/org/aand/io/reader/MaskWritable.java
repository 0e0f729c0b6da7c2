package org.aand.io.reader;

import org.aand.common.image.ImageSize;

/** A mask in a record, {@code [1, height, width, 1]}, zeros and ones. */
public final class MaskWritable extends ArrayRecord {
  private static final long serialVersionUID = 1L;

  private final transient byte[] mask;

  MaskWritable(byte[] mask, ImageSize size) {
    super(1, size.height(), size.width(), 1);
    this.mask = mask;
  }

  /** {@code [height, width]}; not copied. */
  public byte[] mask() {
    return mask;
  }

  @Override
  float[] floats() {
    float[] values = new float[mask.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask[i];
    }
    return values;
  }
}
