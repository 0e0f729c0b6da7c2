package org.aand.report.experiment.figure;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.aand.common.heatmap.Png;
import org.aand.report.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Anomaly maps of several methods on the same images, side by side (Fig. 5).
 *
 * @param dataset the data set's key
 * @param category the category in it
 * @param protocol how the evaluated checkpoints were chosen
 * @param chosen how the images were chosen, as a sentence for the caption
 * @param scales the colour scale of each method, in the order of the maps
 * @param images the images, from top to bottom
 */
public record Comparison(
    String dataset,
    String category,
    Protocol protocol,
    String chosen,
    List<Scale> scales,
    List<Image> images)
    implements Figure {

  /**
   * The colour scale of one method's maps, see {@link org.aand.common.heatmap.ColorScale}.
   *
   * @param method the method's name, such as "AAND"
   * @param min the value of the first colour
   * @param max the value of the last colour
   */
  public record Scale(String method, double min, double max) {}

  /**
   * One image with a map of each method.
   *
   * @param file the image's file, relative to the category's folder
   * @param label "good" or the kind of defect
   * @param image the image as the network sees it
   * @param truth the true defect, white on black; {@code null} when there is no mask
   * @param maps the maps over the image, as many as scales
   */
  public record Image(String file, String label, Png image, @Nullable Png truth, List<Map> maps) {
    /** Copies the maps. */
    public Image {
      requireNonNull(file, "file");
      requireNonNull(label, "label");
      requireNonNull(image, "image");
      maps = List.copyOf(maps);
    }
  }

  /**
   * One method's anomaly map.
   *
   * @param overlay the map over the image, see {@link org.aand.common.heatmap.Heatmap#overlay}
   * @param score the image's anomaly score by this method
   */
  public record Map(Png overlay, double score) {}

  /**
   * @throws IllegalArgumentException if an image has not one map for each scale
   */
  public Comparison {
    requireNonNull(dataset, "dataset");
    requireNonNull(category, "category");
    requireNonNull(protocol, "protocol");
    requireNonNull(chosen, "chosen");
    scales = List.copyOf(scales);
    images = List.copyOf(images);
    for (Image image : images) {
      if (image.maps().size() != scales.size()) {
        throw new IllegalArgumentException(
            image.file()
                + " has "
                + image.maps().size()
                + " maps for "
                + scales.size()
                + " scales");
      }
    }
  }
}
