package org.aand.serve.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SpooledSinkTest {
  private static final SpoolSettings QUICK =
      new SpoolSettings(
          1 << 20, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(60));

  private final Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Other other = new Other();

  SpooledSinkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** The other side, which may be away or refuse some. */
  private static final class Other implements Delivery {
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile Set<String> refused = Set.of();
    private volatile int attempts;

    @Override
    public String name() {
      return "other";
    }

    @Override
    public int batchSize() {
      return 5;
    }

    @Override
    public void deliver(List<ResultRecord> batch) throws IOException, RefusedException {
      attempts++;
      if (away) {
        throw new IOException("it is away");
      }
      var incoming = batch.stream().map(ResultRecord::id).toList();
      if (incoming.stream().anyMatch(refused::contains)) {
        throw new RefusedException("not wanted");
      }
      ids.addAll(incoming);
    }

    @Override
    public void close() {}
  }

  private SpooledSink open() {
    return SpooledSink.open(
        other, folder, QUICK, new RateLimitedProblems(told::add, System::nanoTime));
  }

  private static List<String> ids(int from, int to) {
    var ids = new ArrayList<String>();
    for (int i = from; i < to; i++) {
      ids.add("id" + i);
    }
    return ids;
  }

  @Test
  void whatWaitsIsDeliveredInOrderWhenTheOtherSideIsBack() throws Exception {
    var results = Results.some(40);
    other.away = true;
    try (var sink = open()) {
      sink.write(results.subList(0, 20));
      while (other.attempts < 3) {
        Thread.sleep(1);
      }
      other.away = false;
      sink.write(results.subList(20, 40));
    }
    assertEquals(ids(0, 40), other.ids);
    assertEquals(
        List.of(
            "other: it is away; results wait on disk, tried again",
            "other: results are delivered again"),
        told);
  }

  @Test
  void whatWaitsAtTheEndIsDeliveredByTheNextOne() throws Exception {
    other.away = true;
    try (var sink = open()) {
      sink.write(Results.some(7));
    }
    assertTrue(told.contains("other: 7 results wait on disk for the next start"), told.toString());
    other.away = false;
    open().close();
    assertEquals(ids(0, 7), other.ids);
  }

  @Test
  void whatIsRefusedIsPutAsideAndTheOthersAreDelivered() throws Exception {
    other.refused = Set.of("id2", "id8");
    try (var sink = open()) {
      sink.write(Results.some(10));
      while (sink.status().waiting() > 0) {
        Thread.sleep(1);
      }
      assertEquals(new SinkStatus("other", 8, 0, 2, 0), sink.status());
    }
    var expected = ids(0, 10);
    expected.removeAll(other.refused);
    assertEquals(expected, other.ids);
    var aside = Files.readAllLines(folder.resolve("other/refused.jsonl"));
    assertEquals(2, aside.size());
    assertTrue(aside.get(0).contains("\"reason\":\"not wanted\",\"result\":{\"id\":\"id2\""));
    assertEquals(1, told.size(), told.toString());
  }

  @Test
  void whenTooMuchWaitsTheOldestIsDroppedAndCounted() throws Exception {
    other.away = true;
    var results = Results.some(1500);
    long dropped;
    try (var sink =
        SpooledSink.open(
            other,
            folder,
            new SpoolSettings(
                1 << 16, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(100)),
            new RateLimitedProblems(told::add, System::nanoTime))) {
      for (int i = 0; i < results.size(); i += 50) {
        sink.write(results.subList(i, i + 50));
      }
      dropped = sink.status().dropped();
      assertEquals(1500, dropped + sink.status().waiting());
    }
    assertTrue(dropped > 0, "nothing was dropped");
    assertEquals(1, told.stream().filter(line -> line.contains("the oldest are dropped")).count());
    other.away = false;
    open().close();
    assertEquals(ids((int) dropped, 1500), other.ids);
  }
}
