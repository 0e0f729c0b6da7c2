package org.aand.train;

/** A training whose loss is no finite number any more; what it has learnt is of no use. */
public final class DivergenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergenceException(int epoch, int epochs, String loss, double value) {
    super(
        "the training diverged in epoch "
            + epoch
            + " of "
            + epochs
            + ": "
            + loss
            + " loss "
            + value);
  }
}
