package org.aand.serve.sink.opcua;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/** Looks at a server's last result again and again, and connects anew when the server was gone. */
public final class LastResultReader implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;

  private final String address;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::readAll, "OPC UA client");
  private volatile boolean closed;

  /** Values of one read. */
  public record Seen(Object score, Object verdict, Object content) {}

  private LastResultReader(String address) {
    this.address = address;
  }

  /** Begins to look, also if the server is not there yet. */
  public static LastResultReader start(String address) {
    var reader = new LastResultReader(address);
    reader.thread.start();
    return reader;
  }

  /** What was seen so far, by the results' ids. */
  public Map<String, Seen> seen() {
    return Map.copyOf(seen);
  }

  private void readAll() {
    while (!closed) {
      try (var client = TestClient.anonymous(address)) {
        while (!closed) {
          read(client);
          Thread.sleep(PAUSE_MILLIS);
        }
      } catch (UaException | IllegalStateException e) {
        pause(); // killed, or not started yet
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void read(TestClient client) {
    var values =
        client.readAll(
            VisionNodes.RESULT + "ResultId",
            VisionNodes.RESULT + "Score",
            VisionNodes.RESULT + "Verdict",
            VisionNodes.RESULT + "ResultContent");
    if (values.get(0).value().value() instanceof String id) {
      seen.put(id, new Seen(value(values.get(1)), value(values.get(2)), value(values.get(3))));
    }
  }

  private static Object value(DataValue value) {
    return Objects.requireNonNullElse(value.value().value(), "nothing");
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
