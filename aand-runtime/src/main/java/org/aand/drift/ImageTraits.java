package org.aand.drift;

import org.aand.common.image.GrayImage;
import org.aand.common.image.Luminance;
import org.aand.common.image.RgbImage;

/**
 * What is measured in an image by itself.
 *
 * @param brightness see {@link Trait#BRIGHTNESS}
 * @param contrast see {@link Trait#CONTRAST}
 * @param sharpness see {@link Trait#SHARPNESS}; 0 without contrast
 * @param thumbnail of the image
 */
public record ImageTraits(
    double brightness, double contrast, double sharpness, Thumbnail thumbnail) {

  /**
   * Measures an image.
   *
   * @param image as it goes into the network, resized but not normalised
   */
  public static ImageTraits of(RgbImage image) {
    var gray = Luminance.of(image);
    double[] moments = moments(gray.pixels());
    double contrast = moments[1];
    return new ImageTraits(
        moments[0],
        contrast,
        contrast == 0 ? 0 : laplacianDeviation(gray) / contrast,
        Thumbnail.of(image));
  }

  /** Mean and standard deviation. */
  private static double[] moments(byte[] pixels) {
    long sum = 0;
    long squares = 0;
    for (byte pixel : pixels) {
      int value = pixel & 0xFF;
      sum += value;
      squares += (long) value * value;
    }
    double mean = (double) sum / pixels.length;
    return new double[] {
      mean, Math.sqrt(Math.max(0, (double) squares / pixels.length - mean * mean))
    };
  }

  /** Of the Laplacian by the four neighbours, which has mean zero but for the border. */
  private static double laplacianDeviation(GrayImage image) {
    int width = image.width();
    int height = image.height();
    byte[] gray = image.pixels();
    double squares = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int at = y * width + x;
        int laplacian =
            (gray[at - 1] & 0xFF)
                + (gray[at + 1] & 0xFF)
                + (gray[at - width] & 0xFF)
                + (gray[at + width] & 0xFF)
                - 4 * (gray[at] & 0xFF);
        squares += (double) laplacian * laplacian;
      }
    }
    int inner = Math.max(0, width - 2) * Math.max(0, height - 2);
    return inner == 0 ? 0 : Math.sqrt(squares / inner);
  }
}
