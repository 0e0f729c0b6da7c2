package org.aand.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;

/** Reads a request's body within its bounds of size and time. */
final class Upload {
  private static final int CHUNK = 1 << 16;

  private Upload() {}

  /**
   * Reads everything.
   *
   * @param most bytes that are kept; of a longer body as much again is read and dropped, so that a
   *     client that only sends comes to hear the answer
   * @throws Refusal if it is longer, or takes longer than the patience
   * @throws IOException if the client goes away
   */
  static byte[] read(InputStream in, long most, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    var bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    long total = 0;
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      total += read;
      if (total <= most) {
        bytes.write(chunk, 0, read);
      } else if (total > 2 * most) {
        break;
      }
      if (System.nanoTime() > deadline) {
        throw new Refusal(
            HttpStatus.REQUEST_TIMEOUT_408,
            "the image took longer than " + patience.toSeconds() + " s");
      }
    }
    if (total > most) {
      throw tooLarge(most);
    }
    return bytes.toByteArray();
  }

  static Refusal tooLarge(long most) {
    return new Refusal(
        HttpStatus.PAYLOAD_TOO_LARGE_413, "the image has more than " + most + " bytes");
  }

  /** A request that is not served. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}
