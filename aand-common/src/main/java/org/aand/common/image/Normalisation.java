package org.aand.common.image;

/**
 * From 8-bit colours to what the network takes: {@code (v / 255 - mean) / deviation} per channel,
 * in single precision.
 *
 * @param red the red channel's statistics, in units of 1 = full brightness
 * @param green the green channel's
 * @param blue the blue channel's
 */
public record Normalisation(Channel red, Channel green, Channel blue) {
  /** The statistics of ImageNet, which the teacher was trained with. */
  public static final Normalisation IMAGENET =
      new Normalisation(
          new Channel(0.485f, 0.229f), new Channel(0.456f, 0.224f), new Channel(0.406f, 0.225f));

  /**
   * One channel's statistics.
   *
   * @param mean 0..1
   * @param deviation standard deviation, positive
   */
  public record Channel(float mean, float deviation) {
    /**
     * @throws IllegalArgumentException if the deviation is not positive or the mean not finite
     */
    public Channel {
      if (!Float.isFinite(mean) || !(deviation > 0) || !Float.isFinite(deviation)) {
        throw new IllegalArgumentException("mean " + mean + ", deviation " + deviation);
      }
    }

    float normalise(int value) {
      return (value / 255f - mean) / deviation;
    }

    int restore(float normalised) {
      return Math.max(0, Math.min(255, Math.round((normalised * deviation + mean) * 255f)));
    }
  }

  /** ImageNet's statistics. */
  public Normalisation() {
    this(IMAGENET.red, IMAGENET.green, IMAGENET.blue);
  }

  /**
   * Normalises an image.
   *
   * @param image {@code [height, width, 3]}, 0..255
   * @return {@code [height, width, 3]}, channels last
   */
  public float[] apply(RgbImage image) {
    byte[] pixels = image.pixels();
    float[][] tables = {table(red), table(green), table(blue)};
    float[] result = new float[pixels.length];
    for (int i = 0; i < pixels.length; i += 3) {
      for (int c = 0; c < 3; c++) {
        result[i + c] = tables[c][pixels[i + c] & 0xFF];
      }
    }
    return result;
  }

  /**
   * The way back, for showing what the network saw; rounded and clipped to 0..255.
   *
   * @param image {@code [height, width, 3]}, normalised
   * @return the image; {@code restore(apply(p))} is p
   */
  public RgbImage restore(float[] image, int width, int height) {
    Channel[] channels = {red, green, blue};
    byte[] pixels = new byte[image.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) channels[i % 3].restore(image[i]);
    }
    return new RgbImage(width, height, pixels);
  }

  private static float[] table(Channel channel) {
    float[] table = new float[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = channel.normalise(value);
    }
    return table;
  }
}
