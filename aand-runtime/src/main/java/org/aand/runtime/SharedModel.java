package org.aand.runtime;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.aand.detect.OpenModel;
import org.aand.detect.Prediction;
import org.aand.model.ModelFile;

/**
 * A model that all callers share: one alone gets all cores for its image, several at the same time
 * get one core each. Results are the same to the last bit. Callers are served in the order they
 * came.
 */
final class SharedModel implements OpenModel {
  private final ModelFile.Contents contents;
  private final int cores;
  private final Detector onAllCores;
  private final DetectorPool onOneCore;
  private final Semaphore free;
  private final AtomicInteger callers = new AtomicInteger();
  private boolean closed;

  /**
   * @param cores to use, at least 1
   */
  SharedModel(RuntimeModel.Stored stored, int cores) {
    contents = stored.contents();
    this.cores = cores;
    onAllCores = stored.model().detector(cores);
    onOneCore = new DetectorPool(stored.model(), cores);
    free = new Semaphore(cores, true);
  }

  @Override
  public ModelFile.Contents contents() {
    return contents;
  }

  @Override
  public int concurrency() {
    return cores;
  }

  @Override
  public Prediction detect(float[] image) {
    int taken = callers.getAndIncrement() == 0 ? cores : 1;
    try {
      free.acquire(taken);
      try {
        if (closed) {
          throw new IllegalStateException("the detector is closed");
        }
        return taken == cores ? onAllCores.detect(image) : onOneCore.detect(image);
      } finally {
        free.release(taken);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the image was processed", e);
    } finally {
      callers.decrementAndGet();
    }
  }

  @Override
  public void close() {
    free.acquireUninterruptibly(cores);
    try {
      if (!closed) {
        closed = true;
        onAllCores.close();
        onOneCore.close();
      }
    } finally {
      free.release(cores);
    }
  }
}
