package org.aand.io.variation;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;

/**
 * An image to train on with its foreground: a normal image as it is, or a copy of it.
 *
 * @param image of any size
 * @param foreground {@code [height, width]} of the image
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record VariedImage(RgbImage image, byte[] foreground) {
  /** A copy whose values spread less than this part of the original's shows nothing. */
  private static final double LEAST_SPREAD = 0.25;

  /**
   * The image and its {@value Variation#COPIES} copies.
   *
   * @param streams of the run, which decide
   * @param index the image's number in the data set
   * @param name of the image, for people
   * @throws InputException if a copy shows next to nothing of the image
   */
  public static List<VariedImage> of(
      VariedImage original, Variation variation, RandomStreams streams, int index, String name) {
    var all = new ArrayList<VariedImage>();
    all.add(original);
    double least = LEAST_SPREAD * spread(original.image);
    for (int copy = 0; copy < Variation.COPIES; copy++) {
      var change = variation.draw(streams.stream("variation", index, copy));
      var image = change.apply(original.image);
      if (spread(image) < least) {
        throw new InputException(
            "the variation "
                + variation
                + " leaves next to nothing of "
                + name
                + "; give smaller amounts with --augment");
      }
      all.add(
          new VariedImage(image, change.apply(original.foreground, image.width(), image.height())));
    }
    return all;
  }

  /** The standard deviation of all values. */
  private static double spread(RgbImage image) {
    double sum = 0;
    double squares = 0;
    for (byte value : image.pixels()) {
      int v = value & 0xFF;
      sum += v;
      squares += (double) v * v;
    }
    double mean = sum / image.pixels().length;
    return Math.sqrt(Math.max(0, squares / image.pixels().length - mean * mean));
  }
}
