package org.aand.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.aand.common.InputException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request for detection, from its first byte to its answer. */
final class DetectRequest implements BodyReader.Receiver {
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
     * The answer to an image file.
     *
     * @throws Refusal if it is not served
     * @throws InputException if it is no image that can be used
     */
    ObjectNode of(BodyFormat.Upload image, DetectQuery query);
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
    var refusal = Refusal.of(reason);
    measure(refusal.status());
    Answers.refusal(response, callback, refusal);
  }

  private void measure(int status) {
    meter.metrics.answered(meter.model, status, (System.nanoTime() - start) / 1e9);
  }
}
