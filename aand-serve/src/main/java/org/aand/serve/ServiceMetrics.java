package org.aand.serve;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.aand.api.Verdict;
import org.aand.common.machine.ProcessMemory;

/** What a service has done so far, in Prometheus' text format. Safe to use from many threads. */
final class ServiceMetrics {
  /** Upper bounds of the latency histogram in seconds. */
  private static final double[] BOUNDS = {0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10};

  private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
  private final Map<Verdict, LongAdder> byVerdict = new ConcurrentHashMap<>();
  private final AtomicLongArray latencies = new AtomicLongArray(BOUNDS.length + 1);
  private final DoubleAdder seconds = new DoubleAdder();
  private final AtomicInteger underWay = new AtomicInteger();

  void begun() {
    underWay.incrementAndGet();
  }

  /** A request for detection was answered. */
  void answered(int status, double took) {
    underWay.decrementAndGet();
    byStatus.computeIfAbsent(status, key -> new LongAdder()).increment();
    int at = Arrays.binarySearch(BOUNDS, took);
    latencies.incrementAndGet(at < 0 ? -at - 1 : at);
    seconds.add(took);
  }

  void decided(Verdict verdict) {
    byVerdict.computeIfAbsent(verdict, key -> new LongAdder()).increment();
  }

  String text() {
    var text = new StringBuilder();
    head(text, "aand_requests_total", "counter", "Requests for detection by HTTP status.");
    new TreeMap<>(byStatus)
        .forEach((status, n) -> line(text, "aand_requests_total{status=\"" + status + "\"}", n));
    head(text, "aand_detections_total", "counter", "Images processed by verdict.");
    for (var verdict : Verdict.values()) {
      var count = byVerdict.get(verdict);
      line(
          text,
          "aand_detections_total{verdict=\"" + verdict.key() + "\"}",
          count == null ? 0 : count);
    }
    head(text, "aand_request_seconds", "histogram", "Seconds from request to answer.");
    long total = 0;
    for (int i = 0; i < BOUNDS.length; i++) {
      total += latencies.get(i);
      line(text, "aand_request_seconds_bucket{le=\"" + BOUNDS[i] + "\"}", total);
    }
    total += latencies.get(BOUNDS.length);
    line(text, "aand_request_seconds_bucket{le=\"+Inf\"}", total);
    line(text, "aand_request_seconds_sum", String.format(Locale.ROOT, "%.6f", seconds.sum()));
    line(text, "aand_request_seconds_count", total);
    head(text, "aand_requests_under_way", "gauge", "Requests for detection under way.");
    line(text, "aand_requests_under_way", underWay.get());
    var resident = ProcessMemory.residentBytes();
    if (resident.isPresent()) {
      head(text, "process_resident_memory_bytes", "gauge", "Resident memory of the process.");
      line(text, "process_resident_memory_bytes", resident.getAsLong());
    }
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
