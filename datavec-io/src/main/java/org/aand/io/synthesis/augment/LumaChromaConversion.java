package org.aand.io.synthesis.augment;

/**
 * Y with two scaled differences to it: YCrCb and YUV, in fixed point with 14 fraction bits.
 *
 * <p>The second channel is the difference of red and the third that of blue for YCrCb, the other
 * way round for YUV.
 */
final class LumaChromaConversion implements ColorConversion {
  static final LumaChromaConversion YCRCB =
      new LumaChromaConversion(true, 11682, 9241, 22987, -11698, -5636, 29049);
  static final LumaChromaConversion YUV =
      new LumaChromaConversion(false, 14369, 8061, 18678, -9519, -6472, 33292);

  private static final int BITS = 14;
  private static final int HALF = 1 << (BITS - 1);
  private static final int RED_TO_LUMA = 4899;
  private static final int GREEN_TO_LUMA = 9617;
  private static final int BLUE_TO_LUMA = 1868;
  private static final int CENTRE = 128;

  private final boolean redDifferenceFirst;
  private final int scaleRed;
  private final int scaleBlue;
  private final int redFromRed;
  private final int greenFromRed;
  private final int greenFromBlue;
  private final int blueFromBlue;

  private LumaChromaConversion(
      boolean redDifferenceFirst,
      int scaleRed,
      int scaleBlue,
      int redFromRed,
      int greenFromRed,
      int greenFromBlue,
      int blueFromBlue) {
    this.redDifferenceFirst = redDifferenceFirst;
    this.scaleRed = scaleRed;
    this.scaleBlue = scaleBlue;
    this.redFromRed = redFromRed;
    this.greenFromRed = greenFromRed;
    this.greenFromBlue = greenFromBlue;
    this.blueFromBlue = blueFromBlue;
  }

  @Override
  public int fromRgb(int red, int green, int blue) {
    int luma = descale(red * RED_TO_LUMA + green * GREEN_TO_LUMA + blue * BLUE_TO_LUMA);
    int redDifference = descale((red - luma) * scaleRed) + CENTRE;
    int blueDifference = descale((blue - luma) * scaleBlue) + CENTRE;
    return redDifferenceFirst
        ? ColorConversion.pack(luma, redDifference, blueDifference)
        : ColorConversion.pack(luma, blueDifference, redDifference);
  }

  @Override
  public int toRgb(int luma, int second, int third) {
    int redDifference = (redDifferenceFirst ? second : third) - CENTRE;
    int blueDifference = (redDifferenceFirst ? third : second) - CENTRE;
    return ColorConversion.pack(
        luma + descale(redDifference * redFromRed),
        luma + descale(redDifference * greenFromRed + blueDifference * greenFromBlue),
        luma + descale(blueDifference * blueFromBlue));
  }

  private static int descale(int value) {
    return (value + HALF) >> BITS;
  }
}
