package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.aand.serve.sink.RecordedProblems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.ResultSink;
import org.aand.serve.sink.SinkStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResultQueueTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final RecordedProblems problems = new RecordedProblems();

  /** Fails as often as it is told to. */
  private static final class Sink implements ResultSink {
    private final List<ResultRecord> taken = new CopyOnWriteArrayList<>();
    private volatile int failures;

    @Override
    public void write(List<ResultRecord> results) throws IOException {
      if (failures > 0) {
        failures--;
        throw new IOException("No space left on device");
      }
      taken.addAll(results);
    }

    @Override
    public SinkStatus status() {
      return new SinkStatus("file", taken.size(), 0, 0, 0);
    }

    @Override
    public void close() {}
  }

  private static void accept(ResultQueue queue, int number) {
    var row = JsonNodeFactory.instance.objectNode().put("file", "the image").put("score", number);
    queue.accept("bottle", row.put("verdict", "undecided"));
  }

  @Test
  void whatIsAcceptedFromManyThreadsIsHandedOnBeforeTheEnd() {
    var sink = new Sink();
    try (var queue = ResultQueue.start(List.of(sink), CLOCK, problems)) {
      IntStream.range(0, 500).parallel().forEach(i -> accept(queue, i));
    }
    assertEquals(500, sink.taken.size());
    var ids = new HashSet<String>();
    sink.taken.forEach(result -> ids.add(result.id()));
    assertEquals(500, ids.size());
    assertEquals(List.of(), problems.lines());
  }

  @Test
  void aSinkThatFailsIsTriedAgainInOrder() throws InterruptedException {
    var sink = new Sink();
    sink.failures = 1;
    try (var queue = ResultQueue.start(List.of(sink), CLOCK, problems)) {
      for (int i = 0; i < 5; i++) {
        accept(queue, i);
      }
      while (sink.taken.size() < 5) {
        Thread.sleep(10);
      }
    }
    assertEquals(
        List.of(0.0, 1.0, 2.0, 3.0, 4.0),
        sink.taken.stream().map(result -> result.score().orElseThrow()).toList());
    assertEquals(
        List.of("cannot write file (the disk is full); tried again", "file can be written again"),
        problems.lines());
  }
}
