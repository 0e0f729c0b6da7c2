package org.aand.io.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * One kind of object or texture: what a model is trained for.
 *
 * @param name e.g. {@code bottle}
 * @param root the folder that all of its files are in
 * @param train normal images to train on, at least one, sorted by name
 * @param validation normal images held out of training, sorted by name; empty where the data set
 *     holds none out
 * @param test images to test on, normal and defective, sorted by name; may be empty, and may hold
 *     normal ones alone
 */
public record Category(
    String name, Path root, List<Sample> train, List<Sample> validation, List<Sample> test) {
  /** Keeps copies of the lists. */
  public Category {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }
}
