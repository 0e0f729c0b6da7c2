package org.aand.drift;

import org.aand.common.image.ImageChange;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;

/** What may happen to a line, done to an image. */
public enum Disturbance {
  /** Light that lost a fifth. */
  DARKER("darker by 20 %"),
  /** Light that gained a fifth. */
  BRIGHTER("brighter by 20 %"),
  /** Half the resolution. */
  BLURRED("blurred (half the resolution)"),
  /** A camera or a part that moved. */
  MOVED("moved by 5 % of the width"),
  /** A camera that is turned. */
  TURNED("turned by 5 degrees"),
  /** Another product: here the image upside down and mirrored in its colours. */
  REPLACED("another part (inverted, turned by half)");

  private static final int WHITE = 255;

  private final String words;

  Disturbance(String words) {
    this.words = words;
  }

  /** The disturbance for people. */
  public String words() {
    return words;
  }

  /** The disturbed image, of the same size. */
  public RgbImage apply(RgbImage image) {
    return switch (this) {
      case DARKER -> new ImageChange(0.8, 1, 0, 0, 0).apply(image);
      case BRIGHTER -> new ImageChange(1.2, 1, 0, 0, 0).apply(image);
      case BLURRED -> blurred(image);
      case MOVED -> new ImageChange(1, 1, 0, 0.05, 0).apply(image);
      case TURNED -> new ImageChange(1, 1, 5, 0, 0).apply(image);
      case REPLACED -> inverted(new ImageChange(1, 1, 180, 0, 0).apply(image));
    };
  }

  private static RgbImage blurred(RgbImage image) {
    var half =
        Resize.BILINEAR.apply(
            image, Math.max(1, image.width() / 2), Math.max(1, image.height() / 2));
    return Resize.BILINEAR.apply(half, image.width(), image.height());
  }

  private static RgbImage inverted(RgbImage image) {
    byte[] in = image.pixels();
    byte[] out = new byte[in.length];
    for (int i = 0; i < in.length; i++) {
      out[i] = (byte) (WHITE - (in[i] & 0xFF));
    }
    return new RgbImage(image.width(), image.height(), out);
  }
}
