package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.aand.common.InputException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model's last results, their images, and what people say about them. */
final class ReviewAddresses {
  /** Below a model. */
  static final String RESULTS = "/results";

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
  boolean remember(String model, RecentResult result) {
    return on() && of(model).add(result);
  }

  private RecentResults of(String model) {
    return Objects.requireNonNull(recent.get(model), model);
  }

  /**
   * Answers /results, /results/ID/image and /results/ID/review.
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
    if (!what.equals("/image") && !what.equals("/review")) {
      exchange.notFound("a result has /results/ID/image and /results/ID/review");
      return;
    }
    var result = of(model).find(path.substring(0, end));
    if (result.isEmpty()) {
      exchange.notFound(
          "there is no such result; the last "
              + MOST_IMAGES
              + " of a model are remembered until the service ends");
    } else if (what.equals("/image")) {
      image(result.get(), exchange);
    } else if (exchange.allowed(Exchange.SEND)) {
      review(model, result.get(), folder.get(), exchange);
    }
  }

  /** It was decoded before; a browser is told to take it for nothing else all the same. */
  private static void image(RecentResult result, Exchange exchange) {
    if (exchange.allowed(Exchange.READ)) {
      exchange
          .response()
          .getHeaders()
          .put("Content-Security-Policy", "default-src 'none'; sandbox");
      Answers.bytes(
          exchange.response(),
          exchange.callback(),
          HttpStatus.OK_200,
          result.format().mediaType(),
          result.file());
    }
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
    of(model).marked(result.id(), review.mark());
  }
}
