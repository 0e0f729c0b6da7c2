package org.aand.serve.sink;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Where results go. Called by one thread at a time, except for {@link #status}, and told every
 * result in order.
 *
 * <p>What sends over a network is not made a sink itself: it implements {@link Delivery}, and
 * {@link SpooledSink} keeps results for it while the other side is away.
 */
public interface ResultSink extends AutoCloseable {
  /**
   * Takes results. When it returns they are safe: on disk, or out of the sink's hands for good.
   *
   * @param results in order, at least one
   * @throws IOException if they are not; none of them stays then, and the caller comes back with
   *     all of them
   */
  void write(List<ResultRecord> results) throws IOException;

  /**
   * Which results it has taken already. Asked once, before the first is written, about those that
   * an end at any moment, such as that of a killed process, may have interrupted.
   *
   * @return of the ids that are asked for, those that must not be written again; none by default,
   *     which means at least once
   * @throws IOException if that cannot be read
   */
  default Set<String> taken(Set<String> ids) throws IOException {
    return Set.of();
  }

  /** How it fares; from any thread. */
  SinkStatus status();

  /** Ends it; what is not out yet stays on disk for the next time. */
  @Override
  void close();
}
