package org.aand.serve.sink.opcua;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.ResultSink;
import org.aand.serve.sink.SinkStatus;

/**
 * Shows results to OPC UA clients: the last one as variables, each one as an event.
 *
 * <p>What nobody subscribes to is not kept: who must not miss a result while away reads another
 * sink.
 */
public final class OpcUaSink implements ResultSink {
  static final String NAME = "opcua";

  private final ResultServer server;
  private final AtomicLong shown = new AtomicLong();

  private OpcUaSink(ResultServer server) {
    this.server = server;
  }

  /**
   * Starts the server.
   *
   * @param models the models that decide
   * @param state what the program does with them
   * @throws org.aand.common.InputException if the port or the folder of certificates cannot be used
   */
  public static OpcUaSink open(
      OpcUaSettings settings,
      List<String> models,
      VisionState state,
      Clock clock,
      Problems problems) {
    var server = ResultServer.start(settings, clock, problems);
    server.nodes().state(state, models);
    return new OpcUaSink(server);
  }

  /** Where clients connect, such as {@code opc.tcp://localhost:4840/aand}. */
  public String address() {
    return server.address();
  }

  @Override
  public void write(List<ResultRecord> results) {
    for (var result : results) {
      server.nodes().show(result);
      shown.incrementAndGet();
    }
  }

  @Override
  public SinkStatus status() {
    return new SinkStatus(NAME, shown.get(), 0, 0, 0);
  }

  /** Clients see the program halt, and lose their connection. */
  @Override
  public void close() {
    server.nodes().state(VisionState.HALTED, List.of());
    server.close();
  }
}
