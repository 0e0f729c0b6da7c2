package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.aand.common.InputException;
import org.aand.common.image.ImageFormat;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model's last results, their images, and what people say about them. */
final class ReviewAddresses {
  /** Below a model. */
  static final String RESULTS = "/results";

  private static final String IMAGE = "/image";
  private static final String THUMBNAIL = "/thumbnail";
  private static final String HEATMAP = "/heatmap";
  private static final String OUTLINE = "/outline";
  private static final String REVIEW = "/review";
  private static final List<String> BELOW = List.of(IMAGE, THUMBNAIL, HEATMAP, OUTLINE, REVIEW);
  private static final String JPEG = ImageFormat.JPEG.mediaType();
  private static final String PNG = ImageFormat.PNG.mediaType();

  static final int MOST_IMAGES = 50;
  static final long MOST_IMAGE_BYTES = 64L << 20;
  private static final int MOST_REVIEW_BYTES = 1 << 14;
  private static final Logger LOG = LoggerFactory.getLogger(ReviewAddresses.class);

  private final Optional<ReviewFolder> folder;
  private final Map<String, RecentResults> recent = new LinkedHashMap<>();
  private final ServiceSettings settings;
  private final UploadBudget bodies;

  /**
   * @param folder where reviews are kept; without it there are none
   * @param models their names
   */
  ReviewAddresses(
      Collection<String> models, Optional<ReviewFolder> folder, ServiceSettings settings) {
    this.folder = folder;
    models.forEach(model -> recent.put(model, new RecentResults(MOST_IMAGES, MOST_IMAGE_BYTES)));
    this.settings =
        settings.accepting(MOST_REVIEW_BYTES, settings.maxPixels(), settings.maxConcurrent());
    bodies = new UploadBudget(settings.maxUploads(), settings.maxConcurrent(), MOST_REVIEW_BYTES);
  }

  /** Whether results are remembered and reviews kept. */
  boolean on() {
    return folder.isPresent();
  }

  /** Whether a path below a model is one of these addresses. */
  static boolean has(String rest) {
    return rest.equals(RESULTS) || rest.startsWith(RESULTS + "/");
  }

  /**
   * Remembers a result, if reviews are kept.
   *
   * @return whether it can be reviewed
   */
  boolean remember(String model, Supplier<RecentResult> result) {
    return on() && of(model).add(result.get());
  }

  private RecentResults of(String model) {
    return Objects.requireNonNull(recent.get(model), model);
  }

  /**
   * Answers /results, /results/ID/review and the images of a result.
   *
   * @param model that there is
   * @param rest of the path, after the model's name
   */
  void answer(String model, String rest, Exchange exchange) {
    if (folder.isEmpty()) {
      exchange.notFound("no results are remembered; start the service with --reviews DIR");
      return;
    }
    if (rest.equals(RESULTS)) {
      exchange.readJson(of(model)::json);
      return;
    }
    var path = rest.substring(RESULTS.length() + 1);
    int end = path.indexOf('/');
    var what = end < 0 ? "" : path.substring(end);
    if (!BELOW.contains(what)) {
      exchange.notFound("a result has /results/ID" + String.join(", ", BELOW));
      return;
    }
    var result = of(model).find(path.substring(0, end));
    if (result.isEmpty()) {
      exchange.notFound(
          "there is no such result; the last "
              + MOST_IMAGES
              + " of a model are remembered until the service ends");
    } else if (!what.equals(REVIEW)) {
      image(result.get(), what, exchange);
    } else if (exchange.allowed(Exchange.SEND)) {
      review(model, result.get(), folder.get(), exchange);
    }
  }

  /** The file was decoded before; a browser is told to take it for nothing else all the same. */
  private static void image(RecentResult result, String what, Exchange exchange) {
    if (!exchange.allowed(Exchange.READ)) {
      return;
    }
    switch (what) {
      case IMAGE -> image(exchange, result.format().mediaType(), result.file());
      case THUMBNAIL -> image(exchange, JPEG, result.shown().thumbnail());
      case HEATMAP -> image(exchange, JPEG, result.shown().heatmap());
      default ->
          result
              .shown()
              .outline()
              .ifPresentOrElse(
                  outline -> image(exchange, PNG, outline),
                  () -> exchange.notFound("the result has no regions"));
    }
  }

  private static void image(Exchange exchange, String type, byte[] content) {
    exchange.response().getHeaders().put("Content-Security-Policy", "default-src 'none'; sandbox");
    Answers.bytes(exchange.response(), exchange.callback(), HttpStatus.OK_200, type, content);
  }

  private void review(String model, RecentResult result, ReviewFolder kept, Exchange exchange) {
    var receiver =
        new BodyReader.Receiver() {
          @Override
          public void received(byte[] body) {
            try {
              var review = Review.of(body, result);
              keep(model, result, review, kept);
              var answer = JsonNodeFactory.instance.objectNode().put("id", result.id());
              answer.setAll(review.json());
              Answers.json(exchange.response(), exchange.callback(), HttpStatus.OK_200, answer);
            } catch (RuntimeException e) {
              failed(e);
            }
          }

          @Override
          public void failed(Exception reason) {
            Answers.refusal(exchange.response(), exchange.callback(), Refusal.of(reason));
          }
        };
    try {
      requireJson(exchange);
      new BodyReader(exchange.request(), bodies.open(), settings, receiver).run();
    } catch (Refusal e) {
      receiver.failed(e);
    }
  }

  /** Pages of other sites cannot send this type without being asked whether they may. */
  private static void requireJson(Exchange exchange) {
    var full = exchange.request().getHeaders().get(HttpHeader.CONTENT_TYPE);
    var type = HttpField.getValueParameters(full == null ? "" : full, null);
    if (type == null || !type.strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      throw Refusal.badRequest("a review has Content-Type: application/json");
    }
  }

  /** One at a time, so that the mark that is listed is the one that is kept. */
  private synchronized void keep(
      String model, RecentResult result, Review review, ReviewFolder kept) {
    try {
      kept.keep(model, result, review);
    } catch (InputException e) {
      LOG.error("a review of model {} was not kept: {}", model, e.getMessage());
      throw Refusal.failed("the review could not be kept; the service's log says why");
    }
    of(model).reviewed(result.id(), review);
  }
}
