package org.aand.serve;

import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;

/** A request that is not served: the status to answer, and the reason in one line. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  static Refusal badRequest(String message) {
    return new Refusal(HttpStatus.BAD_REQUEST_400, message);
  }

  /** Sent in a form that is known, but not read. */
  static Refusal unsupported(String message) {
    return new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, message);
  }

  static Refusal tooLarge(long most) {
    return new Refusal(
        HttpStatus.PAYLOAD_TOO_LARGE_413, "the image has more than " + most + " bytes");
  }

  static Refusal tooSlow(Duration patience) {
    return new Refusal(
        HttpStatus.REQUEST_TIMEOUT_408,
        "the image took longer than " + patience.toSeconds() + " s");
  }

  static Refusal busy(String message) {
    return new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, message + "; try again");
  }

  int status() {
    return status;
  }

  /** The reason. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
