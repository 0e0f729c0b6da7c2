package org.aand.serve;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.aand.api.AnomalyDetector;
import org.aand.common.InputException;
import org.aand.serve.sink.Problems;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Models that answer over HTTP.
 *
 * <ul>
 *   <li>{@code POST /models/NAME/detect}, for the first model also {@code /detect}, the image file
 *       as body or as the one file of a {@code multipart/form-data} form: JSON with the fields of
 *       {@link org.aand.api.DetectionRow} but {@code file}; with {@code ?heatmap=true} also {@code
 *       heatmap}, a PNG as {@code data:} address; with {@code ?outline=true} also {@code outline},
 *       the regions' outlines on a transparent PNG of the same size, where the model has a pixel
 *       threshold. 400 for what is no image that can be used, for a form with none or several
 *       files, and for parameters that are not known; 408 for a body that takes longer than the
 *       patience; 413 for too large a one; 415 for a compressed body, JSON and base64; 503 with
 *       {@code Retry-After} when too many images are processed or arrive.
 *   <li>{@code GET /models/NAME/results}: the last results, where reviews are kept; {@code
 *       .../results/ID/image} the image as it was sent; {@code POST .../results/ID/review} what a
 *       person says about it: {@code mark} ({@code false-alarm}, {@code missed-defect}, {@code
 *       correct}), {@code region} and {@code note}, see {@link ReviewFolder}. The answer to an
 *       image then has its {@code id}.
 *   <li>{@code GET /models}: what the models are, and whether their images have drifted; {@code
 *       /models/NAME} the same of one
 *   <li>{@code GET /health}: JSON
 *   <li>{@code GET /metrics}: Prometheus' text format
 *   <li>{@code GET /openapi.json}: all of this as an OpenAPI document
 *   <li>{@code GET /models/NAME/}, for the first model also {@code /}: a page to drop images on
 * </ul>
 *
 * <p>Where there are tokens, all but the pages, {@code /health} and {@code /openapi.json} needs one
 * ({@code Authorization: Bearer}); without it the answer is 401. A model whose file changes is
 * loaded again within seconds, and no request is dropped.
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

  private static final int RELOAD_SECONDS = 1;
  private static final int MIN_THREADS = 4;
  private static final int IDLE_MILLIS = 30_000;

  private final Server server;
  private final ServerConnector connector;
  private final ServiceSettings settings;
  private final ScheduledExecutorService reloader =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "reload");
            thread.setDaemon(true);
            return thread;
          });

  private DetectionService(Server server, ServerConnector connector, ServiceSettings settings) {
    this.server = server;
    this.connector = connector;
    this.settings = settings;
  }

  /**
   * Starts a service that hands its results on to nobody else.
   *
   * @param models at least one, of different names; they have to stay open as long as the service
   * @throws InputException if the address cannot be bound
   */
  public static DetectionService start(List<ServedModel> models, ServiceSettings settings) {
    return start(
        models,
        settings,
        new ResultRecorder(List.of(), Problems.toPeople(line -> {})),
        Optional.empty());
  }

  /**
   * Starts a service that hands its results on.
   *
   * @param models at least one, of different names; they have to stay open as long as the service
   * @param recorder is told each result
   * @param reviews where reviews are kept; without it there are none
   * @throws InputException if the address cannot be bound
   */
  public static DetectionService start(
      List<ServedModel> models,
      ServiceSettings settings,
      ResultRecorder recorder,
      Optional<ReviewFolder> reviews) {
    var threads = new QueuedThreadPool(settings.maxConcurrent() + SPARE_THREADS, MIN_THREADS);
    threads.setName("serve");
    threads.setDaemon(true);
    var server = new Server(threads);
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    var connector = connector(server, http, settings);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(
        new GracefulHandler(new DetectionHandler(models, settings, recorder, reviews)));
    server.setErrorHandler(new JsonErrors());
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
    var service = new DetectionService(server, connector, settings);
    for (var model : models) {
      service.reloader.scheduleWithFixedDelay(
          model::reloadIfChanged, RELOAD_SECONDS, RELOAD_SECONDS, TimeUnit.SECONDS);
    }
    return service;
  }

  /**
   * Starts a service of one model that is open already and is not loaded again.
   *
   * @param detector has to stay open as long as the service
   * @param name of the model: letters, digits, dot, hyphen and underscore
   * @throws InputException if the name is of another form, or the address cannot be bound
   */
  public static DetectionService start(
      AnomalyDetector detector, String name, ServiceSettings settings) {
    return start(List.of(ServedModel.of(name, detector)), settings);
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, ServiceSettings settings) {
    var plain = new HttpConnectionFactory(http);
    if (settings.tls().isEmpty()) {
      return new ServerConnector(server, 1, 1, plain);
    }
    http.addCustomizer(new SecureRequestCustomizer(false));
    var tls = new SslConnectionFactory(settings.tls().get().context(), plain.getProtocol());
    return new ServerConnector(server, 1, 1, tls, plain);
  }

  /** Where it is. */
  public URI address() {
    var host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    var scheme = settings.tls().isPresent() ? "https" : "http";
    return URI.create(scheme + "://" + host + ":" + connector.getLocalPort() + "/");
  }

  /** Takes no more requests, finishes those that were accepted, then ends. */
  @Override
  public void close() {
    reloader.shutdownNow();
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
