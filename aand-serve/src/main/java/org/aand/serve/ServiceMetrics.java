package org.aand.serve;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.aand.api.Verdict;
import org.aand.common.machine.ProcessMemory;
import org.aand.drift.DriftReport;

/** What a service has done so far, by model, in Prometheus' text format. */
final class ServiceMetrics {
  /** Of {@link #text}. */
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  /** Upper bounds of the latency histogram in seconds. */
  private static final double[] BOUNDS = {0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};

  private static final String MODEL = "model";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Counter requests =
      Counter.builder()
          .name("aand_requests_total")
          .help("Requests for detection by HTTP status.")
          .labelNames(MODEL, "status")
          .register(registry);
  private final Counter detections =
      Counter.builder()
          .name("aand_detections_total")
          .help("Images processed by verdict.")
          .labelNames(MODEL, "verdict")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("aand_request_seconds")
          .help("Seconds from request to answer.")
          .labelNames(MODEL)
          .classicOnly()
          .classicUpperBounds(BOUNDS)
          .register(registry);
  private final Gauge underWay =
      Gauge.builder()
          .name("aand_requests_under_way")
          .help("Requests for detection under way.")
          .register(registry);

  /**
   * Nothing done yet.
   *
   * @param models that the service has
   */
  ServiceMetrics(Collection<ServedModel> models) {
    for (var model : models) {
      for (var verdict : Verdict.values()) {
        detections.initLabelValues(model.name(), verdict.key());
      }
      seconds.initLabelValues(model.name());
    }
    GaugeWithCallback.builder()
        .name("aand_drift")
        .help("1 if the last images differ from the normal ones, else 0.")
        .labelNames(MODEL)
        .callback(
            gauge ->
                models.forEach(
                    model ->
                        model
                            .drift()
                            .map(DriftReport::drifted)
                            .ifPresent(drifted -> gauge.call(drifted ? 1 : 0, model.name()))))
        .register(registry);
    GaugeWithCallback.builder()
        .name("aand_model_reloads")
        .help("How often the model was loaded again because its file had changed.")
        .labelNames(MODEL)
        .callback(gauge -> models.forEach(model -> gauge.call(model.reloads(), model.name())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("process_resident_memory_bytes")
        .help("Resident memory of the process.")
        .callback(gauge -> ProcessMemory.residentBytes().ifPresent(gauge::call))
        .register(registry);
  }

  void begun() {
    underWay.inc();
  }

  /** A request for detection was answered. */
  void answered(String model, int status, double took) {
    underWay.dec();
    requests.labelValues(model, Integer.toString(status)).inc();
    seconds.labelValues(model).observe(took);
  }

  void decided(String model, Verdict verdict) {
    detections.labelValues(model, verdict.key()).inc();
  }

  String text() {
    var out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
