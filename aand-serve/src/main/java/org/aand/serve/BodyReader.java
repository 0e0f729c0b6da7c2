package org.aand.serve;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Receives one body within its bounds of size and time. It reads when something has come, so that
 * no thread waits for a slow client.
 *
 * <p>Of a body that is refused, up to twice the largest size is read and dropped before the answer:
 * a client that only sends would not hear it otherwise.
 */
final class BodyReader implements Runnable {
  /** What becomes of a body; called once, by the thread that read its end. */
  interface Receiver {
    /** All of it is there; it no longer counts in the budget. */
    void received(byte[] body);

    /** It is refused, or broke off. */
    void failed(Exception reason);
  }

  private final Request request;
  private final UploadBudget.Body body;
  private final ServiceSettings settings;
  private final Receiver receiver;
  private final EndPoint connection;
  private final long usualIdleMillis;
  private final long deadline;
  private @Nullable Refusal refusal;
  private long total;

  /**
   * @param body where the bytes go; closed when all are there
   */
  BodyReader(Request request, UploadBudget.Body body, ServiceSettings settings, Receiver receiver) {
    this.request = request;
    this.body = body;
    this.settings = settings;
    this.receiver = receiver;
    connection = request.getConnectionMetaData().getConnection().getEndPoint();
    usualIdleMillis = connection.getIdleTimeout();
    deadline = System.nanoTime() + settings.patience().toNanos();
  }

  /** Reads what is there, and comes back when there is more. */
  @Override
  public void run() {
    while (true) {
      var chunk = request.read();
      long left = deadline - System.nanoTime();
      if (chunk == null && left > 0) {
        // A client that falls silent is woken from by the time it has left.
        connection.setIdleTimeout(Math.min(usualIdleMillis, 1 + left / 1_000_000));
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        fail(chunk.getFailure());
        return;
      }
      if (chunk != null) {
        take(chunk);
        chunk.release();
        if (chunk.isLast() || total > 2 * settings.maxUploadBytes()) {
          end();
          return;
        }
      }
      if (left <= 0) {
        fail(new TimeoutException());
        return;
      }
    }
  }

  private void take(Content.Chunk chunk) {
    total += chunk.remaining();
    if (refusal == null && total > settings.maxUploadBytes()) {
      refuse(Refusal.tooLarge(settings.maxUploadBytes()));
    }
    if (refusal == null) {
      try {
        body.append(chunk.getByteBuffer());
      } catch (Refusal e) {
        refuse(e);
      }
    }
  }

  private void refuse(Refusal reason) {
    refusal = reason;
    body.drop();
  }

  private void end() {
    if (refusal != null) {
      finish(refusal);
      return;
    }
    byte[] all = body.take();
    close();
    receiver.received(all);
  }

  private void fail(Throwable failure) {
    if (refusal != null) {
      finish(refusal);
    } else if (failure instanceof TimeoutException) {
      finish(Refusal.tooSlow(settings.patience()));
    } else {
      finish(new IOException("what was sent did not arrive whole", failure));
    }
  }

  private void finish(Exception reason) {
    close();
    receiver.failed(reason);
  }

  private void close() {
    connection.setIdleTimeout(usualIdleMillis);
    body.close();
  }
}
