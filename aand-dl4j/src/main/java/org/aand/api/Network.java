package org.aand.api;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.aand.common.image.Preprocessing;
import org.aand.detect.Prediction;

/** An open network, which detectors of different thresholds share; callers take turns. */
final class Network implements AutoCloseable {
  private final Function<float[], Prediction> detector;
  private final Preprocessing preprocessing;
  private final DecisionRule rule;
  private final List<Runnable> closing;
  private final ReentrantLock turns = new ReentrantLock(true);
  private boolean closed;

  /**
   * @param rule that the model file brings along
   * @param closing frees what the network holds
   */
  Network(
      Function<float[], Prediction> detector,
      Preprocessing preprocessing,
      DecisionRule rule,
      List<Runnable> closing) {
    this.detector = detector;
    this.preprocessing = preprocessing;
    this.rule = rule;
    this.closing = closing;
  }

  Preprocessing preprocessing() {
    return preprocessing;
  }

  DecisionRule rule() {
    return rule;
  }

  /**
   * @throws IllegalStateException if it is closed
   */
  Prediction detect(float[] input) {
    turns.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the detector is closed");
      }
      return detector.apply(input);
    } finally {
      turns.unlock();
    }
  }

  /** Waits for the image under way. Idempotent. */
  @Override
  public void close() {
    turns.lock();
    try {
      if (!closed) {
        closed = true;
        closing.forEach(Runnable::run);
      }
    } finally {
      turns.unlock();
    }
  }
}
