package org.aand.common.image;

/**
 * How a ground-truth mask of any size becomes zeros and ones at the network's size.
 *
 * <p>The reference implementations disagree; all three ways are here by name.
 */
public enum MaskRule {
  /**
   * AAND's code on MVTec AD: nearest pixel, then anomalous above half brightness. On masks of 0 and
   * 255 it is the same as {@link #NOT_ZERO}; on others it loses what is drawn in grey or colour.
   */
  HALF(Resize.NEAREST, 127),
  /**
   * Nearest pixel, anomalous wherever not zero: AAND's code on VisA, whose masks hold small labels,
   * and the rule of all layouts here.
   */
  NOT_ZERO(Resize.NEAREST, 0),
  /** RD4AD: reduced like an image, bilinearly, then anomalous above half brightness. */
  BILINEAR_HALF(Resize.BILINEAR, 127);

  private final Resize resize;
  private final int threshold;

  MaskRule(Resize resize, int threshold) {
    this.resize = resize;
    this.threshold = threshold;
  }

  /**
   * Resizes and thresholds.
   *
   * @param mask {@code [height, width]}, 0..255
   * @param size the new height and width
   * @return {@code [height, width]}, 1 where anomalous, else 0
   */
  public byte[] apply(GrayImage mask, ImageSize size) {
    byte[] values = resize.apply(mask, size.width(), size.height()).pixels();
    byte[] result = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (byte) ((values[i] & 0xFF) > threshold ? 1 : 0);
    }
    return result;
  }

  /**
   * The greatest value that still counts as normal, 0..255. A mask that has values but none above
   * this was made for another rule.
   */
  public int threshold() {
    return threshold;
  }
}
