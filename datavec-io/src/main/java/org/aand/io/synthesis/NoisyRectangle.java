package org.aand.io.synthesis;

import java.util.random.RandomGenerator;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Normalisation;

/**
 * RD++'s pseudo-anomalies: simplex noise added to a rectangle of an image, whose place and sides
 * are drawn.
 *
 * <p>Six octaves from a wavelength of 32 pixels on, each with 0.6 of the amplitude of the one
 * before it, times 0.2 of full brightness. At 256 pixels the sides have 10 to 31; at other sizes
 * they grow with the image. The released code draws the noise once and cuts it for every image
 * anew; here every image has its own.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>T. D. Tien et al. Revisiting reverse distillation for anomaly detection. CVPR 2023.
 * </ol>
 *
 * @param size of the images
 * @param normalisation that the images have passed
 */
public record NoisyRectangle(ImageSize size, Normalisation normalisation) {
  private static final int OCTAVES = 6;
  private static final double PERSISTENCE = 0.6;
  private static final double WAVELENGTH = 32;
  private static final double STRENGTH = 0.2;

  /** The shortest side of a rectangle as a share of the image's. */
  private static final double SHORTEST = 10 / 256.0;

  /** The longest side, below this share of the image's. */
  private static final double LONGEST = 1 / 8.0;

  private static final int CHANNELS = 3;

  /**
   * An image with noise.
   *
   * @param image {@code [height, width, 3]}, normalised; not changed
   * @param random decides on place, sides and noise
   * @return the same outside the rectangle; not clipped
   */
  public float[] of(float[] image, RandomGenerator random) {
    int height = side(size.height(), random);
    int width = side(size.width(), random);
    int top = random.nextInt(size.height() - height + 1);
    int left = random.nextInt(size.width() - width + 1);
    double[] noise =
        new SimplexNoise(random).octaves(width, height, CHANNELS, OCTAVES, PERSISTENCE, WAVELENGTH);
    double[] deviations = {
      normalisation.red().deviation(),
      normalisation.green().deviation(),
      normalisation.blue().deviation()
    };
    float[] noisy = image.clone();
    for (int i = 0; i < noise.length; i++) {
      int channel = i % CHANNELS;
      int x = left + i / CHANNELS % width;
      int y = top + i / CHANNELS / width;
      noisy[(y * size.width() + x) * CHANNELS + channel] +=
          (float) (STRENGTH * noise[i] / deviations[channel]);
    }
    return noisy;
  }

  private static int side(int image, RandomGenerator random) {
    int shortest = Math.max(1, (int) Math.round(SHORTEST * image));
    int longest = Math.max(shortest + 1, (int) (LONGEST * image));
    return random.nextInt(shortest, longest);
  }
}
