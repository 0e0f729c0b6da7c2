package org.aand.serve.sink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A {@link Delivery} as a sink: results wait on disk until they have been delivered. */
public final class SpooledSink implements ResultSink {
  private final Delivery delivery;

  private SpooledSink(Delivery delivery) {
    this.delivery = delivery;
  }

  /**
   * Opens the spool and begins to deliver what is in it.
   *
   * @param delivery closed with the sink
   * @param folder where results wait, in a folder of the delivery's name
   * @throws org.aand.common.InputException if nothing can be written there
   */
  public static SpooledSink open(
      Delivery delivery, Path folder, SpoolSettings settings, Problems problems) {
    throw new UnsupportedOperationException("follows");
  }

  @Override
  public void write(List<ResultRecord> results) throws IOException {
    throw new UnsupportedOperationException("follows");
  }

  @Override
  public SinkStatus status() {
    return new SinkStatus(delivery.name(), 0, 0, 0, 0);
  }

  @Override
  public void close() {
    delivery.close();
  }
}
