package org.aand.detect;

import org.aand.model.ModelFile;

/** A trained model, open, whatever engine runs its network. Safe to use from several threads. */
public interface OpenModel extends AutoCloseable {
  /** What its file says. */
  ModelFile.Contents contents();

  /**
   * How many images at a time make the most of the machine: where there are many, so many threads
   * should call. 1 if callers take turns.
   */
  int concurrency();

  /**
   * Detects anomalies in one image; the result depends on nothing else, to the last bit.
   *
   * @param image {@code [height, width, 3]} of the model's resolution, normalised
   * @throws IllegalArgumentException if it has another size
   * @throws IllegalStateException if the model is closed
   */
  Prediction detect(float[] image);

  /** Waits for the images under way, then frees the memory. Idempotent. */
  @Override
  void close();
}
