package org.aand.serve;

import java.io.IOException;
import java.time.Duration;
import org.aand.common.InputException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that is not served: the status to answer, and the reason in one line. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

  private final int status;

  private Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /** What a request that failed is answered; what nobody foresaw is logged and not told. */
  static Refusal of(Exception reason) {
    if (reason instanceof Refusal refusal) {
      return refusal;
    }
    if (reason instanceof InputException
        || reason instanceof IllegalArgumentException
        || reason instanceof IOException) {
      return badRequest(String.valueOf(reason.getMessage()));
    }
    LOG.error("a request failed unexpectedly", reason);
    return failed("failed unexpectedly");
  }

  /** The service's own fault. */
  static Refusal failed(String message) {
    return new Refusal(HttpStatus.INTERNAL_SERVER_ERROR_500, message);
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
        HttpStatus.PAYLOAD_TOO_LARGE_413, "what was sent has more than " + most + " bytes");
  }

  static Refusal tooSlow(Duration patience) {
    return new Refusal(
        HttpStatus.REQUEST_TIMEOUT_408,
        "what was sent took longer than " + patience.toSeconds() + " s");
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
