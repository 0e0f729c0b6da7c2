package org.aand.runtime.kernel;

/**
 * Divides units of work into tasks that become smaller towards the end of each thread's share: so
 * little of a thread's time is left over when the others have no task to take from it, and most
 * tasks are still large. Source: Polychronopoulos and Kuck, "Guided self-scheduling".
 */
final class GuidedTasks {
  // Task i has units bounds[i] to bounds[i + 1]. Every share has as many tasks, the last ones may
  // be empty.
  private int[] bounds = {0};
  private int most;
  private int least;

  /**
   * Divides.
   *
   * @param most units of a task
   * @param least units of a task, except where a share has fewer
   * @return the number of tasks
   */
  int divide(int units, int most, int least, int threads) {
    this.most = most;
    this.least = threads == 1 ? most : least;
    int ofShare = 0;
    for (int share = 0; share < threads; share++) {
      ofShare =
          Math.max(ofShare, count(begin(units, share + 1, threads) - begin(units, share, threads)));
    }
    int tasks = threads * ofShare;
    if (bounds.length != tasks + 1) {
      bounds = new int[tasks + 1];
    }
    for (int share = 0; share < threads; share++) {
      int unit = begin(units, share, threads);
      int end = begin(units, share + 1, threads);
      for (int i = share * ofShare; i < (share + 1) * ofShare; i++) {
        bounds[i] = unit;
        unit += next(end - unit);
      }
    }
    bounds[tasks] = units;
    return tasks;
  }

  // As Workers gives tasks to threads.
  private static int begin(int units, int share, int threads) {
    return (int) ((long) units * share / threads);
  }

  private int count(int units) {
    int count = 0;
    for (int left = units; left > 0; left -= next(left)) {
      count++;
    }
    return count;
  }

  private int next(int left) {
    int half = Math.min(most, Math.max(least, (left + 1) / 2));
    return left - half < least ? Math.min(left, Math.max(half, most)) : half;
  }

  /** The first unit of a task. */
  int begin(int task) {
    return bounds[task];
  }

  /** The unit behind the last one of a task. */
  int end(int task) {
    return bounds[task + 1];
  }
}
