package org.aand.pipeline;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.aand.common.image.ImageFile;
import org.aand.common.image.ImageSize;
import org.aand.common.image.RgbImage;
import org.aand.common.random.Draws;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.Sample;
import org.aand.model.ModelDescription;

/** What the images of a training are resized to: a size that is stated, or one of their shape. */
public sealed interface ImageSizeChoice {
  /** What {@link #parse} reads as {@link OfTheirShape}. */
  String AUTO = "auto";

  /**
   * The size.
   *
   * @param category asked for only where its images decide
   * @throws org.aand.common.InputException if an image that decides cannot be used
   */
  ImageSize of(Supplier<Category> category);

  /**
   * Reads {@code auto}, {@code 256x512} (height first) or {@code 256}.
   *
   * @throws IllegalArgumentException if the text is something else, or no network takes such a size
   */
  static ImageSizeChoice parse(String text) {
    return text.equals(AUTO) ? new OfTheirShape() : new Stated(ImageSize.parse(text));
  }

  /**
   * A size that is stated.
   *
   * @param size of the network's input, in multiples of {@link ModelDescription#STRIDE}
   */
  record Stated(ImageSize size) implements ImageSizeChoice {
    /**
     * @throws IllegalArgumentException if no network takes such a size
     */
    public Stated {
      int stride = ModelDescription.STRIDE;
      if (size.height() % stride != 0 || size.width() % stride != 0) {
        throw new IllegalArgumentException(
            "'" + size.shortest() + "' is no multiple of " + stride + " pixels");
      }
    }

    @Override
    public ImageSize of(Supplier<Category> category) {
      return size;
    }
  }

  /**
   * The shape of the training images at about 256 x 256 pixels: the median of height / width among
   * a few of them, taken evenly from the list.
   */
  record OfTheirShape() implements ImageSizeChoice {
    private static final int LOOKED_AT = 25;
    private static final int PIXELS = 256 * 256;

    /** The network's cost, which grows with the pixels, counts half as much as the shape. */
    private static final double WEIGHT_OF_PIXELS = 0.5;

    @Override
    public ImageSize of(Supplier<Category> category) {
      double[] ratios =
          Draws.evenly(category.get().train(), LOOKED_AT).stream()
              .mapToDouble(OfTheirShape::ratio)
              .sorted()
              .toArray();
      return nearest(ratios.length == 0 ? 1 : ratios[ratios.length / 2]);
    }

    private static double ratio(Sample sample) {
      RgbImage image = ImageFile.read(sample.image());
      return image.height() / (double) image.width();
    }

    /** The size whose shape and number of pixels are nearest, by their logarithms. */
    static ImageSize nearest(double heightOverWidth) {
      int stride = ModelDescription.STRIDE;
      var best = ImageSize.square(stride);
      double least = Double.POSITIVE_INFINITY;
      for (int height : sides(stride)) {
        for (int width : sides(stride)) {
          double shape = Math.abs(Math.log(height / (double) width / heightOverWidth));
          double pixels = Math.abs(Math.log(height * width / (double) PIXELS));
          double distance = shape + WEIGHT_OF_PIXELS * pixels;
          if (distance < least) {
            least = distance;
            best = new ImageSize(height, width);
          }
        }
      }
      return best;
    }

    private static List<Integer> sides(int stride) {
      return IntStream.rangeClosed(1, 1024 / stride).mapToObj(i -> i * stride).toList();
    }
  }
}
