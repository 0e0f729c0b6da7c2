package org.aand.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.aand.common.InputException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request for detection, from its first byte to its answer. */
final class DetectRequest implements BodyReader.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(DetectRequest.class);

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final Meter meter;
  private final Detection detection;
  private final long start = System.nanoTime();

  /** Where requests for a model are counted. */
  record Meter(ServiceMetrics metrics, String model) {}

  /** What is done with an image. */
  interface Detection {
    /**
     * The answer to the bytes of an image file.
     *
     * @throws Refusal if it is not served
     * @throws InputException if it is no image that can be used
     */
    ObjectNode of(byte[] image, DetectQuery query);
  }

  DetectRequest(
      Request request, Response response, Callback callback, Meter meter, Detection detection) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.meter = meter;
    this.detection = detection;
  }

  /** Begins to receive the body, and returns; the answer follows when it is there. */
  void begin(UploadBudget budget, ServiceSettings settings) {
    meter.metrics.begun();
    try {
      if (request.getLength() > 2 * settings.maxUploadBytes()) {
        throw Refusal.tooLarge(settings.maxUploadBytes());
      }
      new BodyReader(request, budget.open(), settings, this).run();
    } catch (Refusal e) {
      failed(e);
    }
  }

  @Override
  public void received(byte[] body) {
    try {
      var query = DetectQuery.of(request);
      var image = BodyFormat.of(request.getHeaders()).image(body);
      var found = detection.of(image, query);
      measure(HttpStatus.OK_200);
      Answers.json(response, callback, HttpStatus.OK_200, found);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void failed(Exception reason) {
    if (reason instanceof Refusal refusal) {
      refuse(refusal.status(), refusal.reason());
    } else if (reason instanceof InputException
        || reason instanceof IllegalArgumentException
        || reason instanceof IOException) {
      refuse(HttpStatus.BAD_REQUEST_400, String.valueOf(reason.getMessage()));
    } else {
      LOG.error("a request failed unexpectedly", reason);
      refuse(HttpStatus.INTERNAL_SERVER_ERROR_500, "failed unexpectedly");
    }
  }

  private void refuse(int status, String reason) {
    measure(status);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    } else if (status == HttpStatus.UNSUPPORTED_MEDIA_TYPE_415) {
      response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, "identity");
    }
    Answers.error(response, callback, status, reason);
  }

  private void measure(int status) {
    meter.metrics.answered(meter.model, status, (System.nanoTime() - start) / 1e9);
  }
}
