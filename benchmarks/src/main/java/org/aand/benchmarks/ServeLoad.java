package org.aand.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aand.api.AnomalyDetector;
import org.aand.common.listing.ImagePaths;
import org.aand.common.machine.ProcessMemory;
import org.aand.serve.DetectionService;
import org.aand.serve.ServiceSettings;

/**
 * A service of this process under clients of this process, on the loopback address alone: errors,
 * latencies, memory over time, and a stop in the middle.
 *
 * <p>{@code java -cp benchmarks.jar org.aand.benchmarks.ServeLoad MODEL IMAGE_DIR SECONDS CLIENTS};
 * at most 300 seconds and 64 clients.
 */
public final class ServeLoad {
  private static final int MAX_SECONDS = 300;
  private static final int MAX_CLIENTS = 64;
  private static final Duration REPORT_EVERY = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<byte[]> images = new ArrayList<>();
  private final List<Double> seconds = new ArrayList<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final URI detect;

  private ServeLoad(URI address, List<Path> files) throws IOException {
    detect = address.resolve("/detect");
    for (var file : files) {
      images.add(Files.readAllBytes(file));
    }
  }

  /** Runs the load and prints what came of it. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int length = Math.min(MAX_SECONDS, Integer.parseInt(args[2]));
    int clients = Math.min(MAX_CLIENTS, Integer.parseInt(args[3]));
    try (var detector = AnomalyDetector.load(Path.of(args[0]))) {
      var settings = ServiceSettings.defaults().accepting(32L << 20, 25_000_000, clients);
      var service = DetectionService.start(detector, "load", settings);
      new ServeLoad(service.address(), ImagePaths.below(Path.of(args[1])).images())
          .run(service, length, clients);
    }
  }

  private void run(DetectionService service, int length, int clients) throws InterruptedException {
    var ended = new CountDownLatch(clients);
    for (int c = 0; c < clients; c++) {
      int first = c;
      new Thread(() -> ask(first, ended), "client-" + c).start();
    }
    long start = System.nanoTime();
    for (long t = 0; t < length; t += REPORT_EVERY.toSeconds()) {
      Thread.sleep(1000 * Math.min(REPORT_EVERY.toSeconds(), length - t));
      report((System.nanoTime() - start) / 1e9);
    }
    // What was accepted is answered; what comes later is refused, which no longer counts.
    stopping.set(true);
    service.close();
    ended.await();
    report((System.nanoTime() - start) / 1e9);
  }

  private void ask(int first, CountDownLatch ended) {
    for (int i = first; !stopping.get(); i++) {
      long start = System.nanoTime();
      var outcome = outcome(images.get(i % images.size()));
      record(outcome, (System.nanoTime() - start) / 1e9);
    }
    ended.countDown();
  }

  private String outcome(byte[] image) {
    try {
      var request =
          HttpRequest.newBuilder(detect)
              .POST(HttpRequest.BodyPublishers.ofByteArray(image))
              .build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return Integer.toString(answer.statusCode());
    } catch (IOException e) {
      return stopping.get() ? "refused while stopping" : "failed: " + e.getMessage();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized void record(String outcome, double took) {
    outcomes.merge(outcome, 1, Integer::sum);
    seconds.add(took);
  }

  private synchronized void report(double elapsed) {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    var text =
        new StringBuilder(
            String.format(
                Locale.ROOT, "%5.0f s: %s, %.2f/s", elapsed, outcomes, sorted.length / elapsed));
    for (double share : new double[] {0.5, 0.9, 0.99, 1}) {
      int at = Math.max(0, (int) Math.ceil(share * sorted.length) - 1);
      text.append(
          sorted.length == 0
              ? ""
              : String.format(Locale.ROOT, ", p%.0f %.3f s", 100 * share, sorted[at]));
    }
    ProcessMemory.residentBytes()
        .ifPresent(bytes -> text.append(", resident ").append(bytes >> 20).append(" MiB"));
    System.out.println(text);
  }
}
