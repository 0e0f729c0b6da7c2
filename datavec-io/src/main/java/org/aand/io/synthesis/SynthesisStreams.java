package org.aand.io.synthesis;

import java.util.random.RandomGenerator;
import org.aand.common.random.RandomStreams;

/**
 * The random streams of the synthesis: one for a sample as such (texture, noise, beta, clean or
 * not) and one for its augmenters and the rotation of its noise.
 *
 * <p>Normally both depend on the epoch and the image. With {@link
 * SynthesisSettings#repeatAugmentationPerEpoch()} the second depends instead on the sample's place
 * among those of its loader worker, with {@value #WORKERS} workers that take whole batches in turn,
 * as in the released code. (There a sample that redraws its noise shifts the draws of its
 * successors; here each position has its own stream, so the repetition is the same and the numbers
 * are others.)
 *
 * @param streams the run's streams
 * @param settings whether augmenters repeat
 * @param batchSize samples per training batch, at least 1
 */
public record SynthesisStreams(RandomStreams streams, SynthesisSettings settings, int batchSize) {
  /** Loader workers of the released code. */
  public static final int WORKERS = 4;

  /**
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public SynthesisStreams {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size " + batchSize);
    }
  }

  /**
   * What decides texture, noise, beta and whether the sample stays clean.
   *
   * @param epoch from 0
   * @param image the image's number in the data set
   * @return the stream at its start
   */
  public RandomGenerator sample(long epoch, long image) {
    return streams.stream("synthesis", epoch, image);
  }

  /**
   * What decides the augmenters and the rotation.
   *
   * @param epoch from 0
   * @param image the image's number in the data set
   * @param position the sample's place in the epoch's order, from 0
   * @return the stream at its start
   */
  public RandomGenerator augmentation(long epoch, long image, long position) {
    if (!settings.repeatAugmentationPerEpoch()) {
      return streams.stream("augmentation", epoch, image);
    }
    long round = position / batchSize / WORKERS;
    return streams.stream("augmentation", round * batchSize + position % batchSize);
  }
}
