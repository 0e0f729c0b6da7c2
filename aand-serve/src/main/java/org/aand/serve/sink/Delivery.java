package org.aand.serve.sink;

import java.io.IOException;
import java.util.List;

/**
 * Sends results to another machine. Called by one thread; {@link SpooledSink} comes back after a
 * failure, with the same results, in order.
 */
public interface Delivery extends AutoCloseable {
  /** What it is called in messages and in the folder of what waits: letters, digits, hyphens. */
  String name();

  /** How many results it takes at a time, at least 1. */
  default int batchSize() {
    return 1;
  }

  /**
   * Delivers results, and returns when the other side has acknowledged all of them.
   *
   * @param batch in order, 1 to {@link #batchSize}
   * @throws IOException if they have not all arrived; they are all sent again later
   * @throws RefusedException if the other side will never take them; a batch is then sent again one
   *     by one, and those that are refused by themselves are put aside
   * @throws InterruptedException if it has to end; they are sent again at the next start
   */
  void deliver(List<ResultRecord> batch) throws IOException, RefusedException, InterruptedException;

  /** Ends the connection; {@link #deliver} is not running, and not called again. */
  @Override
  void close();
}
