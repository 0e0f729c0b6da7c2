package org.aand.spark;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aand.api.AnomalyDetector;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The detectors of this executor process: one for each model, loaded by the first task that needs
 * it and shared by all. A detector stays open between tasks; where several models follow each other
 * in one process, those that no task uses are closed, all but the last few.
 */
final class ExecutorDetectors {
  /** So many detectors stay open that no task uses. */
  static final int IDLE = 2;

  /** By the models' checksums; the least recently used first. */
  private static final Map<String, Shared> OPEN = new LinkedHashMap<>(16, 0.75f, true);

  private ExecutorDetectors() {}

  private static final class Shared {
    private final AnomalyDetector detector;
    private int tasks;

    private Shared(AnomalyDetector detector) {
      this.detector = detector;
    }
  }

  /**
   * The detector of a model. It is held for the task that runs on the calling thread until that
   * task ends, so it is asked for once a task, not once an image.
   */
  static synchronized AnomalyDetector forTask(ShippedModel model) {
    var shared = OPEN.get(model.sha256());
    if (shared == null) {
      shared = new Shared(model.load());
      OPEN.put(model.sha256(), shared);
    }
    shared.tasks++;
    var task = TaskContext.get();
    if (task != null) {
      var held = shared;
      task.addTaskCompletionListener((TaskCompletionListener) ended -> release(held));
    }
    return shared.detector;
  }

  private static synchronized void release(Shared shared) {
    shared.tasks--;
    closeIdle();
  }

  private static void closeIdle() {
    long idle = OPEN.values().stream().filter(shared -> shared.tasks == 0).count();
    for (Iterator<Shared> each = OPEN.values().iterator(); idle > IDLE && each.hasNext(); ) {
      var shared = each.next();
      if (shared.tasks == 0) {
        each.remove();
        shared.detector.close();
        idle--;
      }
    }
  }

  /** How many are open. */
  static synchronized int count() {
    return OPEN.size();
  }

  /** Closes all, when the images under way are done. */
  static synchronized void closeAll() {
    OPEN.values().forEach(shared -> shared.detector.close());
    OPEN.clear();
  }
}
