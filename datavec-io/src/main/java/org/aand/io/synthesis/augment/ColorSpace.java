package org.aand.io.synthesis.augment;

/**
 * The colour spaces in which brightness is changed, in OpenCV's 8-bit forms (hue 0..179, all else
 * 0..255).
 */
public enum ColorSpace {
  /** Luma and two chroma differences, JPEG's weights. */
  YCRCB(0),
  /** Hue, saturation, value. */
  HSV(2),
  /** Hue, lightness, saturation. */
  HLS(1),
  /** CIE L*a*b*, D65. */
  LAB(0),
  /** CIE L*u*v*, D65. */
  LUV(0),
  /** Luma and two chroma differences, PAL's weights. */
  YUV(0);

  private final int brightnessChannel;

  ColorSpace(int brightnessChannel) {
    this.brightnessChannel = brightnessChannel;
  }

  /** Which of the three channels holds the brightness, 0..2. */
  public int brightnessChannel() {
    return brightnessChannel;
  }

  ColorConversion conversion() {
    return switch (this) {
      case YCRCB -> LumaChromaConversion.YCRCB;
      case YUV -> LumaChromaConversion.YUV;
      case HSV -> new HsvConversion();
      case HLS -> new HlsConversion();
      case LAB -> new LabConversion();
      case LUV -> new LuvConversion();
    };
  }
}
