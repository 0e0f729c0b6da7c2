package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.aand.api.AnomalyDetector;
import org.aand.api.DetectionRow;
import org.aand.common.InputException;
import org.aand.common.heatmap.Png;
import org.aand.common.image.ImageFile;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service's four addresses. */
final class DetectionHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionHandler.class);
  private static final String JSON = "application/json";
  private static final String HEATMAP = "heatmap";

  private final AnomalyDetector detector;
  private final ServiceSettings settings;
  private final byte[] page;
  private final ServiceMetrics metrics = new ServiceMetrics();
  private final Semaphore places;

  DetectionHandler(AnomalyDetector detector, ServiceSettings settings, String page) {
    this.detector = detector;
    this.settings = settings;
    this.page = page.getBytes(StandardCharsets.UTF_8);
    places = new Semaphore(settings.maxConcurrent());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (Request.getPathInContext(request)) {
      case "/detect" -> {
        if (allowed(HttpMethod.POST, request, response, callback)) {
          detect(request, response, callback);
        }
      }
      case "/health" -> {
        if (allowed(HttpMethod.GET, request, response, callback)) {
          answer(response, callback, HttpStatus.OK_200, JSON, bytes(health()));
        }
      }
      case "/metrics" -> {
        if (allowed(HttpMethod.GET, request, response, callback)) {
          byte[] text = metrics.text().getBytes(StandardCharsets.UTF_8);
          answer(
              response,
              callback,
              HttpStatus.OK_200,
              "text/plain; version=0.0.4; charset=utf-8",
              text);
        }
      }
      case "/" -> {
        if (allowed(HttpMethod.GET, request, response, callback)) {
          answer(response, callback, HttpStatus.OK_200, "text/html; charset=utf-8", page);
        }
      }
      default ->
          answer(
              response,
              callback,
              HttpStatus.NOT_FOUND_404,
              JSON,
              bytes(error("there are /, /detect, /health and /metrics")));
    }
    return true;
  }

  private static boolean allowed(
      HttpMethod method, Request request, Response response, Callback callback) {
    if (method.is(request.getMethod())) {
      return true;
    }
    response.getHeaders().put(HttpHeader.ALLOW, method.asString());
    answer(
        response,
        callback,
        HttpStatus.METHOD_NOT_ALLOWED_405,
        JSON,
        bytes(error("this address takes " + method + " only")));
    return false;
  }

  private void detect(Request request, Response response, Callback callback) {
    long start = System.nanoTime();
    metrics.begun();
    int status = HttpStatus.INTERNAL_SERVER_ERROR_500;
    ObjectNode content = error("failed unexpectedly");
    try {
      content = place(request);
      status = HttpStatus.OK_200;
    } catch (Upload.Refusal e) {
      status = e.status();
      content = error(String.valueOf(e.getMessage()));
    } catch (InputException | IllegalArgumentException e) {
      status = HttpStatus.BAD_REQUEST_400;
      content = error(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      // The client went away; whether it hears the answer does not matter.
      status = HttpStatus.BAD_REQUEST_400;
      content = error("the image did not arrive whole");
    } catch (RuntimeException e) {
      LOG.error("a request failed unexpectedly", e);
    } finally {
      metrics.answered(status, (System.nanoTime() - start) / 1e9);
    }
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    answer(response, callback, status, JSON, bytes(content));
  }

  private ObjectNode place(Request request) throws IOException {
    if (!places.tryAcquire()) {
      throw new Upload.Refusal(
          HttpStatus.SERVICE_UNAVAILABLE_503,
          settings.maxConcurrent() + " requests are under way already; try again");
    }
    try {
      return detection(request);
    } finally {
      places.release();
    }
  }

  private ObjectNode detection(Request request) throws IOException {
    if (request.getLength() > 2 * settings.maxUploadBytes()) {
      throw Upload.tooLarge(settings.maxUploadBytes());
    }
    boolean heatmap = asksForHeatmap(request.getHttpURI().getQuery());
    byte[] encoded;
    try (var in = Content.Source.asInputStream(request)) {
      encoded = Upload.read(in, settings.maxUploadBytes(), settings.patience());
    }
    var image = ImageFile.decode(encoded, "sent", settings.maxPixels());
    var found = detector.detect(image);
    metrics.decided(found.verdict());
    var row = DetectionRow.of("sent", found);
    row.remove("file");
    if (heatmap) {
      row.put(HEATMAP, new Png(found.heatmap()).dataUri());
    }
    return row;
  }

  /** Looks for one word; what else a query holds, and how it is encoded, does not matter. */
  private static boolean asksForHeatmap(@Nullable String query) {
    return query != null && List.of(query.split("&", -1)).contains(HEATMAP + "=true");
  }

  private ObjectNode health() {
    var node = JsonNodeFactory.instance.objectNode().put("status", "ok");
    detector.rule().threshold().ifPresent(t -> node.put("threshold", (float) t));
    return node.put("calibrated", detector.rule().calibration().isPresent());
  }

  private static ObjectNode error(String message) {
    return JsonNodeFactory.instance.objectNode().put("error", message);
  }

  private static byte[] bytes(ObjectNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(
      Response response, Callback callback, int status, String type, byte[] content) {
    response.setStatus(status);
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type);
    headers.put(HttpHeader.CONTENT_LENGTH, content.length);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(content), callback);
  }
}
