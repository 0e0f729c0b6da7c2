package org.aand.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.aand.detect.Prediction;

/**
 * One image a core: as many detectors of one thread as there are cores to use, shared by any number
 * of calling threads. More images a second than all cores on one image, each of them later; the
 * results are the same.
 */
public final class DetectorPool implements AutoCloseable {
  private final List<Detector> all = new ArrayList<>();
  private final BlockingQueue<Detector> idle = new LinkedBlockingQueue<>();

  /**
   * Prepares detectors.
   *
   * @param detectors that work at the same time, at least 1
   */
  public DetectorPool(RuntimeModel model, int detectors) {
    if (detectors < 1) {
      throw new IllegalArgumentException("at least one detector is needed, not " + detectors);
    }
    for (int i = 0; i < detectors; i++) {
      all.add(model.detector(1));
    }
    idle.addAll(all);
  }

  /**
   * Detects anomalies in one image on the calling thread, when a detector is idle.
   *
   * @param image {@code [height, width, 3]} of the model's resolution, normalised
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public Prediction detect(float[] image) throws InterruptedException {
    var detector = idle.take();
    try {
      return detector.detect(image);
    } finally {
      idle.add(detector);
    }
  }

  /** Closes the detectors; no image may be in one. */
  @Override
  public void close() {
    all.forEach(Detector::close);
  }
}
