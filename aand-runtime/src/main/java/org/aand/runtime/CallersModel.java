package org.aand.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.aand.detect.OpenModel;
import org.aand.detect.Prediction;
import org.aand.model.ModelFile;

/**
 * A model whose callers share the packed kernels and bring the core that works on their image: as
 * many images pass at the same time as there are callers. For callers whose number somebody else
 * has fitted to the cores, such as a cluster's scheduler.
 */
final class CallersModel implements OpenModel {
  private final RuntimeModel.Stored stored;
  private final ConcurrentLinkedQueue<Detector> idle = new ConcurrentLinkedQueue<>();
  private final List<Detector> all = new ArrayList<>();

  /** Shared by images under way, exclusive to close. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  CallersModel(RuntimeModel.Stored stored) {
    this.stored = stored;
  }

  @Override
  public ModelFile.Contents contents() {
    return stored.contents();
  }

  /** One: whoever calls has one core. */
  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Prediction detect(float[] image) {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the detector is closed");
      }
      var waiting = idle.poll();
      var detector = waiting == null ? another() : waiting;
      try {
        return detector.detect(image);
      } finally {
        idle.add(detector);
      }
    } finally {
      use.readLock().unlock();
    }
  }

  private Detector another() {
    var detector = stored.model().detector(1);
    synchronized (all) {
      all.add(detector);
    }
    return detector;
  }

  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        synchronized (all) {
          all.forEach(Detector::close);
        }
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
