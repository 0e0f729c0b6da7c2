package org.aand.train;

import java.util.List;
import org.aand.common.image.RgbImage;

/**
 * The good images of a category, decoded and resized, with the foreground of each.
 *
 * @param size S
 * @param pictures {@code [S, S, 3]} in 8 bits each
 * @param foregrounds {@code [S, S]}, 1 on the object, one a picture
 */
public record TrainingImages(int size, List<RgbImage> pictures, List<byte[]> foregrounds) {
  /**
   * @throws IllegalArgumentException if there are none, or sizes or numbers do not fit
   */
  public TrainingImages {
    pictures = List.copyOf(pictures);
    foregrounds = List.copyOf(foregrounds);
    if (pictures.isEmpty() || pictures.size() != foregrounds.size()) {
      throw new IllegalArgumentException(
          pictures.size() + " pictures, " + foregrounds.size() + " foregrounds");
    }
  }

  /** How many there are. */
  public int count() {
    return pictures.size();
  }
}
