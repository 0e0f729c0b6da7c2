package org.aand.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.runtime.JavaEngine;

/**
 * What a trained model takes in use.
 *
 * @param megabytes size of its file in 10^6 bytes
 * @param milliseconds the median time of an image by itself on the Java engine with all cores, from
 *     the normalised image to anomaly map and score
 */
public record ModelUse(double megabytes, double milliseconds) {
  private static final int REPETITIONS = 15;

  /**
   * Measures a model on images of noise.
   *
   * @throws InputException if it cannot be read
   */
  public static ModelUse measure(Path model) {
    try (var open = new JavaEngine().open(model)) {
      var size = open.contents().description().resolution();
      return new ModelUse(
          Files.size(model) / 1e6, MedianTime.millis(size, REPETITIONS, open::detect));
    } catch (IOException e) {
      throw new InputException("the model " + model + " cannot be read: " + IoReason.of(e), e);
    }
  }
}
