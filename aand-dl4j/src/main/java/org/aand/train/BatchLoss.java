package org.aand.train;

/**
 * A stage's total loss of a batch that is not trained on; changes nothing.
 *
 * @param <B> a prepared batch
 */
@FunctionalInterface
interface BatchLoss<B> extends AutoCloseable {
  double of(B batch);

  @Override
  default void close() {}
}
