package org.aand.io.synthesis;

/** The last step of the synthesis: where the anomaly is, and what the image becomes there. */
public final class Composition {
  private Composition() {}

  /**
   * Noise above a threshold, inside the object.
   *
   * @param noise {@code [height, width]}
   * @param foreground {@code [height, width]}; anything but 0 is object
   * @param threshold the mask is where noise is strictly above
   * @return {@code [height, width]}, 0 or 1
   */
  public static byte[] mask(double[] noise, byte[] foreground, double threshold) {
    if (noise.length != foreground.length) {
      throw new IllegalArgumentException(
          noise.length + " noise values, " + foreground.length + " foreground pixels");
    }
    byte[] mask = new byte[noise.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (noise[i] > threshold && foreground[i] != 0 ? 1 : 0);
    }
    return mask;
  }

  /**
   * Blends a texture into the image under the mask: {@code (1 - beta) texture + beta image} there,
   * the image itself elsewhere (bit for bit).
   *
   * @param image {@code [height, width, 3]}, normalised
   * @param texture {@code [height, width, 3]}, normalised with the same statistics
   * @param mask {@code [height, width]}, 0 or 1
   * @param beta how much of the image shines through, 0..1
   * @return a new {@code [height, width, 3]}, normalised
   */
  public static float[] compose(float[] image, float[] texture, byte[] mask, double beta) {
    if (image.length != 3 * mask.length || texture.length != image.length) {
      throw new IllegalArgumentException(
          image.length
              + " image values, "
              + texture.length
              + " texture values, "
              + mask.length
              + " mask pixels");
    }
    float[] blended = image.clone();
    float ofImage = (float) beta;
    float ofTexture = (float) (1 - beta);
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        for (int j = 3 * i; j < 3 * i + 3; j++) {
          blended[j] = ofTexture * texture[j] + ofImage * image[j];
        }
      }
    }
    return blended;
  }
}
