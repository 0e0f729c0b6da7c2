package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.aand.api.AnomalyDetector;
import org.aand.api.Detection;
import org.aand.api.DetectionRow;
import org.aand.common.InputException;
import org.aand.common.heatmap.Png;
import org.aand.common.image.ImageFile;
import org.aand.report.page.PredictionPage;
import org.aand.report.page.ServicePage;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The service's addresses. */
final class DetectionHandler extends Handler.Abstract {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String MODELS = "/models";

  private final Map<String, ServedModel> models = new LinkedHashMap<>();
  private final ServedModel first;
  private final ServiceSettings settings;
  private final ServiceMetrics metrics;
  private final ResultRecorder recorder;
  private final ReviewAddresses reviews;
  private final Semaphore places;
  private final UploadBudget uploads;

  /**
   * @param models at least one, of different names; the first is that of {@code /detect}
   * @param recorder is told each result
   * @param reviewFolder where reviews are kept, if they are
   */
  DetectionHandler(
      List<ServedModel> models,
      ServiceSettings settings,
      ResultRecorder recorder,
      Optional<ReviewFolder> reviewFolder) {
    models.forEach(model -> this.models.put(model.name(), model));
    this.first = models.get(0);
    this.settings = settings;
    this.recorder = recorder;
    reviews = new ReviewAddresses(this.models.keySet(), reviewFolder, settings);
    metrics = new ServiceMetrics(models);
    places = new Semaphore(settings.maxConcurrent());
    uploads =
        new UploadBudget(
            settings.maxUploads(), settings.maxConcurrent(), settings.maxUploadBytes());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var exchange = new Exchange(request, response, callback);
    var path = Request.getPathInContext(request);
    switch (path) {
      case "/" -> page(exchange, first, "");
      case "/health" -> exchange.readJson(this::health);
      case "/openapi.json" -> exchange.read("application/json", OpenApi::document);
      case "/detect" -> protectedBy(exchange, () -> detect(exchange, first));
      case "/metrics" ->
          protectedBy(exchange, () -> exchange.read(ServiceMetrics.CONTENT_TYPE, metrics::text));
      case MODELS -> protectedBy(exchange, () -> exchange.readJson(this::list));
      default -> {
        if (path.startsWith(MODELS + "/")) {
          model(path.substring(MODELS.length() + 1), exchange);
        } else {
          exchange.notFound("there are /, /models, /detect, /health, /metrics and /openapi.json");
        }
      }
    }
    return true;
  }

  /** NAME, NAME/, NAME/detect or NAME/results and what is below. */
  private void model(String path, Exchange exchange) {
    int end = path.indexOf('/');
    var name = end < 0 ? path : path.substring(0, end);
    var rest = end < 0 ? "" : path.substring(end);
    var model = models.get(name);
    if (model == null) {
      protectedBy(
          exchange,
          () ->
              exchange.notFound(
                  "there is no such model; there are " + String.join(", ", models.keySet())));
      return;
    }
    switch (rest) {
      case "" -> protectedBy(exchange, () -> exchange.readJson(model::about));
      case "/" -> page(exchange, model, "../../");
      case "/detect" -> protectedBy(exchange, () -> detect(exchange, model));
      default -> {
        if (ReviewAddresses.has(rest)) {
          protectedBy(exchange, () -> reviews.answer(name, rest, exchange));
        } else {
          exchange.notFound(
              "a model has " + MODELS + "/NAME, " + MODELS + "/NAME/, /detect and /results");
        }
      }
    }
  }

  /**
   * The page asks for a token itself, so it is for everybody.
   *
   * @param root the service's root as seen from the page
   */
  private void page(Exchange exchange, ServedModel model, String root) {
    exchange.read(
        HTML,
        () ->
            model.use(
                detector -> {
                  var rule = detector.rule();
                  return PredictionPage.toHtml(
                      new ServicePage(
                          model.name(),
                          root,
                          rule.threshold(),
                          rule.promise(),
                          rule.pixelThreshold().isPresent(),
                          rule.heatmapScale(),
                          reviews.on()));
                }));
  }

  private void protectedBy(Exchange exchange, Runnable answer) {
    if (settings.tokens().map(tokens -> tokens.permit(exchange.request())).orElse(true)) {
      answer.run();
      return;
    }
    exchange.response().getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"aand\"");
    Answers.error(
        exchange.response(),
        exchange.callback(),
        HttpStatus.UNAUTHORIZED_401,
        "a token is needed: Authorization: Bearer TOKEN");
  }

  private void detect(Exchange exchange, ServedModel model) {
    if (exchange.allowed(Exchange.SEND)) {
      new DetectRequest(
              exchange.request(),
              exchange.response(),
              exchange.callback(),
              new DetectRequest.Meter(metrics, model.name()),
              (image, query) -> found(model, image, query))
          .begin(uploads, settings);
    }
  }

  /** Takes a place for as long as the network works: a body that is still on its way has none. */
  private ObjectNode found(ServedModel model, BodyFormat.Upload image, DetectQuery query) {
    if (!places.tryAcquire()) {
      throw Refusal.busy(settings.maxConcurrent() + " images are being processed already");
    }
    try {
      var id = UUID.randomUUID().toString().replace("-", "");
      var found = detection(model, image, id);
      metrics.decided(model.name(), found.verdict());
      var row = DetectionRow.of(image.name(), found);
      recorder.record(id, model.name(), row);
      row.remove("file");
      if (reviews.remember(model.name(), () -> RecentResult.of(id, image, found, row))) {
        row.put("id", id);
      }
      if (query.heatmap()) {
        row.put(DetectQuery.HEATMAP, new Png(found.heatmap()).dataUri());
      }
      if (query.outline() && found.pixelThreshold().isPresent()) {
        row.put(DetectQuery.OUTLINE, new Png(found.outline(Detection.SHOWN)).dataUri());
      }
      return row;
    } finally {
      places.release();
    }
  }

  /** A file that cannot be used is a result too, as in a watched folder. */
  private Detection detection(ServedModel model, BodyFormat.Upload image, String id) {
    try {
      var decoded = ImageFile.decode(image.bytes(), "the image", settings.maxPixels());
      return model.detect(detector -> detector.detect(decoded));
    } catch (InputException e) {
      var reason = String.valueOf(e.getMessage());
      recorder.record(id, model.name(), DetectionRow.failed(image.name(), reason));
      throw e;
    }
  }

  private ObjectNode list() {
    var node = JsonNodeFactory.instance.objectNode();
    var array = node.putArray("models");
    models.values().forEach(model -> array.add(model.about()));
    return node;
  }

  private ObjectNode health() {
    var node = JsonNodeFactory.instance.objectNode().put("status", "ok");
    var rule = first.use(AnomalyDetector::rule);
    rule.threshold().ifPresent(t -> node.put("threshold", (float) t));
    rule.pixelThreshold().ifPresent(t -> node.put("pixelThreshold", (float) t));
    return node.put("calibrated", rule.calibration().isPresent());
  }
}
