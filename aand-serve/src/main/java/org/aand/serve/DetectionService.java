package org.aand.serve;

import java.net.URI;
import java.util.List;
import org.aand.api.AnomalyDetector;
import org.aand.common.InputException;
import org.aand.report.page.PredictionPage;
import org.aand.report.page.ServicePage;
import org.aand.serve.sink.Problems;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A model that answers over HTTP.
 *
 * <ul>
 *   <li>{@code POST /detect}, the image file as body or as the one file of a {@code
 *       multipart/form-data} form: JSON with the fields of {@link org.aand.api.DetectionRow} but
 *       {@code file}; with {@code ?heatmap=true} also {@code heatmap}, a PNG as {@code data:}
 *       address. 400 for what is no image that can be used, for a form with none or several files,
 *       and for parameters that are not known; 408 for a body that takes longer than the patience;
 *       413 for too large a one; 415 for a compressed body, JSON and base64; 503 with {@code
 *       Retry-After} when too many images are processed or arrive.
 *   <li>{@code GET /health}: JSON
 *   <li>{@code GET /metrics}: Prometheus' text format
 *   <li>{@code GET /}: a page to drop images on
 * </ul>
 *
 * <p>{@code HEAD} is answered where {@code GET} is; any other method gets 405 with {@code Allow}.
 * An image takes one of the places to be processed when all of its body is there, so clients that
 * send slowly keep nobody waiting.
 *
 * <p>The server is Jetty: its parser bounds the sizes of headers, its stop finishes what was
 * accepted. The server that the JDK brings does neither in every JDK 17.
 */
public final class DetectionService implements AutoCloseable {
  /** Threads beside those that wait for the network: acceptor, selector, refusals, health. */
  private static final int SPARE_THREADS = 8;

  private static final int MIN_THREADS = 4;
  private static final int IDLE_MILLIS = 30_000;

  private final Server server;
  private final ServerConnector connector;
  private final ServiceSettings settings;

  private DetectionService(Server server, ServerConnector connector, ServiceSettings settings) {
    this.server = server;
    this.connector = connector;
    this.settings = settings;
  }

  /**
   * Starts a service.
   *
   * @param detector has to stay open as long as the service
   * @param model what to call it on the page
   * @throws InputException if the address cannot be bound
   */
  public static DetectionService start(
      AnomalyDetector detector, String model, ServiceSettings settings) {
    var recorder = new ResultRecorder(List.of(), model, Problems.toPeople(line -> {}));
    return start(detector, model, settings, recorder);
  }

  /**
   * Starts a service that hands on its results.
   *
   * @param detector has to stay open as long as the service
   * @param model what to call it on the page
   * @param recorder is told each result
   * @throws InputException if the address cannot be bound
   */
  public static DetectionService start(
      AnomalyDetector detector, String model, ServiceSettings settings, ResultRecorder recorder) {
    var threads = new QueuedThreadPool(settings.maxConcurrent() + SPARE_THREADS, MIN_THREADS);
    threads.setName("serve");
    threads.setDaemon(true);
    var server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(
        new GracefulHandler(
            new DetectionHandler(detector, settings, page(detector, model), recorder)));
    server.setStopTimeout(settings.patience().toMillis());
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw new InputException(
          "cannot serve on "
              + settings.host()
              + ":"
              + settings.port()
              + " ("
              + e.getMessage()
              + "); choose another --host or --port",
          e);
    }
    return new DetectionService(server, connector, settings);
  }

  private static String page(AnomalyDetector detector, String model) {
    var rule = detector.rule();
    return PredictionPage.toHtml(
        new ServicePage(model, rule.threshold(), rule.promise(), rule.heatmapScale()));
  }

  /** Where it is. */
  public URI address() {
    var host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return URI.create("http://" + host + ":" + connector.getLocalPort() + "/");
  }

  /** Takes no more requests, finishes those that were accepted, then ends. */
  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the service does not stop", e);
    }
  }
}
