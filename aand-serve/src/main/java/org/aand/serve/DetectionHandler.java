package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.aand.api.AnomalyDetector;
import org.aand.api.DetectionRow;
import org.aand.common.heatmap.Png;
import org.aand.common.image.ImageFile;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The service's four addresses. */
final class DetectionHandler extends Handler.Abstract {
  private static final List<HttpMethod> READ = List.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final List<HttpMethod> SEND = List.of(HttpMethod.POST);

  private final AnomalyDetector detector;
  private final ServiceSettings settings;
  private final String page;
  private final ResultRecorder recorder;
  private final ServiceMetrics metrics = new ServiceMetrics();
  private final Semaphore places;
  private final UploadBudget uploads;

  DetectionHandler(
      AnomalyDetector detector, ServiceSettings settings, String page, ResultRecorder recorder) {
    this.detector = detector;
    this.recorder = recorder;
    this.settings = settings;
    this.page = page;
    places = new Semaphore(settings.maxConcurrent());
    uploads =
        new UploadBudget(
            settings.maxUploads(), settings.maxConcurrent(), settings.maxUploadBytes());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (Request.getPathInContext(request)) {
      case "/detect" -> {
        if (allowed(SEND, request, response, callback)) {
          new DetectRequest(request, response, callback, metrics, this::detect)
              .begin(uploads, settings);
        }
      }
      case "/health" -> {
        if (allowed(READ, request, response, callback)) {
          Answers.json(response, callback, HttpStatus.OK_200, health());
        }
      }
      case "/metrics" ->
          read(
              request,
              response,
              callback,
              "text/plain; version=0.0.4; charset=utf-8",
              metrics.text());
      case "/" -> read(request, response, callback, "text/html; charset=utf-8", page);
      default ->
          Answers.error(
              response,
              callback,
              HttpStatus.NOT_FOUND_404,
              "there are /, /detect, /health and /metrics");
    }
    return true;
  }

  private static void read(
      Request request, Response response, Callback callback, String type, String text) {
    if (allowed(READ, request, response, callback)) {
      Answers.text(response, callback, HttpStatus.OK_200, type, text);
    }
  }

  private static boolean allowed(
      List<HttpMethod> methods, Request request, Response response, Callback callback) {
    if (methods.stream().anyMatch(method -> method.is(request.getMethod()))) {
      return true;
    }
    var names = methods.stream().map(HttpMethod::asString).collect(Collectors.joining(", "));
    response.getHeaders().put(HttpHeader.ALLOW, names);
    Answers.error(
        response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "this address takes only " + names);
    return false;
  }

  /** Takes a place for as long as the network works: a body that is still on its way has none. */
  private ObjectNode detect(BodyFormat.Upload image, DetectQuery query) {
    if (!places.tryAcquire()) {
      throw Refusal.busy(settings.maxConcurrent() + " images are being processed already");
    }
    try {
      var found =
          detector.detect(ImageFile.decode(image.bytes(), "the image", settings.maxPixels()));
      metrics.decided(found.verdict());
      var row = DetectionRow.of(image.name(), found);
      recorder.record(row);
      row.remove("file");
      if (query.heatmap()) {
        row.put(DetectQuery.HEATMAP, new Png(found.heatmap()).dataUri());
      }
      return row;
    } finally {
      places.release();
    }
  }

  private ObjectNode health() {
    var node = JsonNodeFactory.instance.objectNode().put("status", "ok");
    detector.rule().threshold().ifPresent(t -> node.put("threshold", (float) t));
    return node.put("calibrated", detector.rule().calibration().isPresent());
  }
}
