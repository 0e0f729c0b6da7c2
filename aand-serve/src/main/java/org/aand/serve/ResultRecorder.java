package org.aand.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.aand.common.file.IoReason;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.ResultSink;

/**
 * Hands on what a service decides, before the client has its answer. A client waits for no sink
 * that fails: the result is then lost to that sink, which is told. Safe to use from many threads.
 */
public final class ResultRecorder {
  private final List<ResultSink> sinks;
  private final Problems problems;

  /**
   * @param sinks have to stay open as long as the service
   */
  public ResultRecorder(List<ResultSink> sinks, Problems problems) {
    this.sinks = List.copyOf(sinks);
    this.problems = problems;
  }

  /**
   * Hands a result on.
   *
   * @param id of its own
   * @param model the name of the model that decided
   * @param row from {@link org.aand.api.DetectionRow}
   */
  synchronized void record(String id, String model, ObjectNode row) {
    if (sinks.isEmpty()) {
      return;
    }
    var result = ResultRecord.of(id, Instant.now(), model, row);
    for (var sink : sinks) {
      var name = sink.status().name();
      try {
        sink.write(List.of(result));
        problems.over("write " + name, name + " can be written again");
      } catch (IOException e) {
        // Not by the name alone, by which a sink tells that its other side is away.
        problems.occurred(
            "write " + name,
            "cannot write " + name + " (" + IoReason.of(e) + "); its results are lost");
      }
    }
  }
}
