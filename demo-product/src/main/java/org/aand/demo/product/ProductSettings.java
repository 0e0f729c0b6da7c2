package org.aand.demo.product;

import java.util.regex.Pattern;
import org.aand.common.InputException;

/**
 * How much of the product data set is drawn, and from which seed.
 *
 * @param category the category's name, which becomes a folder: letters, digits, {@code _} and
 *     {@code -}
 * @param size width and height of the images in pixels, {@value #MIN_SIZE} to {@value #MAX_SIZE}
 * @param trainGood defect-free training images, 1 to {@value #MAX_COUNT}
 * @param testGood defect-free test images, 1 to {@value #MAX_COUNT}
 * @param testPerDefect test images of each {@link DefectKind}, 1 to {@value #MAX_COUNT}
 * @param seed what everything is drawn from
 */
public record ProductSettings(
    String category, int size, int trainGood, int testGood, int testPerDefect, long seed) {
  /** The smallest image in which every defect can be seen. */
  public static final int MIN_SIZE = 64;

  /** The largest image. */
  public static final int MAX_SIZE = 512;

  /** The most images of one folder; names have three digits. */
  public static final int MAX_COUNT = 1000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * @throws InputException if a value is out of range
   */
  public ProductSettings {
    if (!NAME.matcher(category).matches()) {
      throw new InputException(
          "the category \"" + category + "\" is no folder name of letters, digits, _ and -");
    }
    check("the image size", size, MIN_SIZE, MAX_SIZE);
    check("the number of training images", trainGood, 1, MAX_COUNT);
    check("the number of normal test images", testGood, 1, MAX_COUNT);
    check("the number of test images per defect", testPerDefect, 1, MAX_COUNT);
  }

  /**
   * Category {@code gear}, 256x256, 48 for training, 12 good and 5 of each defect for testing, seed
   * 7.
   */
  public static ProductSettings defaults() {
    return new ProductSettings("gear", 256, 48, 12, 5, 7);
  }

  /** The same with another seed. */
  public ProductSettings withSeed(long newSeed) {
    return new ProductSettings(category, size, trainGood, testGood, testPerDefect, newSeed);
  }

  /** The same with another image size. */
  public ProductSettings withSize(int newSize) {
    return new ProductSettings(category, newSize, trainGood, testGood, testPerDefect, seed);
  }

  /** The same with other numbers of images. */
  public ProductSettings withCounts(int newTrainGood, int newTestGood, int newTestPerDefect) {
    return new ProductSettings(category, size, newTrainGood, newTestGood, newTestPerDefect, seed);
  }

  private static void check(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new InputException(what + " is " + value + "; it must be " + min + " to " + max);
    }
  }
}
