package org.aand.io.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * One kind of object or texture: what a model is trained for.
 *
 * @param name e.g. {@code bottle}
 * @param root its folder
 * @param train normal images to train on, at least one, sorted by name
 * @param test images to test on, normal and defective, sorted by name; may be empty
 */
public record Category(String name, Path root, List<Sample> train, List<Sample> test) {
  /** Keeps copies of the lists. */
  public Category {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }
}
