package org.aand.train;

import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.common.image.RgbImage;
import org.aand.common.random.Draws;

/**
 * The normal images of a category, decoded and resized, with the foreground of each.
 *
 * @param size of each
 * @param images {@code [height, width, 3]} in 8 bits each
 * @param foregrounds {@code [height, width]}, 1 on the object, one an image
 */
public record TrainingImages(ImageSize size, List<RgbImage> images, List<byte[]> foregrounds) {
  /**
   * @throws IllegalArgumentException if there are none, or sizes or numbers do not fit
   */
  public TrainingImages {
    images = List.copyOf(images);
    foregrounds = List.copyOf(foregrounds);
    if (images.isEmpty() || images.size() != foregrounds.size()) {
      throw new IllegalArgumentException(
          images.size() + " images, " + foregrounds.size() + " foregrounds");
    }
  }

  /** So many of them at most, in equal steps. */
  public TrainingImages evenly(int most) {
    return new TrainingImages(size, Draws.evenly(images, most), Draws.evenly(foregrounds, most));
  }

  /** How many there are. */
  public int count() {
    return images.size();
  }
}
