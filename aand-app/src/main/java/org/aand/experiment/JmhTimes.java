package org.aand.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.experiment.JmhSource.Engine;
import org.aand.variant.Variant;

/**
 * Inference times of RD, RD++ and AAND from JMH's JSON ({@code InferenceBenchmark -rf json}):
 * average time of network and map, one image a call.
 *
 * @param times by {@link Variant#label()}
 */
record JmhTimes(Map<String, Time> times) {
  /** Width and height of the benchmark's images. */
  static final int IMAGE_SIZE = 256;

  private static final String BATCH = "1";
  private static final String PREFIX = "InferenceBenchmark.";
  private static final Map<String, Variant> BENCHMARKS = benchmarks();
  private static final Map<String, Double> SECONDS =
      Map.of("ns/op", 1e-9, "us/op", 1e-6, "ms/op", 1e-3, "s/op", 1.0);

  /**
   * What is known of a network's time.
   *
   * @param seconds an image
   * @param how it was measured
   */
  record Time(double seconds, String how) {}

  JmhTimes {
    times = Map.copyOf(times);
  }

  private static Map<String, Variant> benchmarks() {
    var all = new LinkedHashMap<String, Variant>();
    all.put("rdNetworkAndMap", Variant.rd());
    all.put("rdPlusPlusNetworkAndMap", Variant.rdPlusPlus());
    all.put("aandNetworkAndMap", new Variant());
    return all;
  }

  /** The time of a network; empty where JMH does not measure it. */
  Optional<Time> of(Variant variant) {
    return Optional.ofNullable(times.get(variant.label()));
  }

  /**
   * Reads the file. One that knows no engines yet is SameDiff's.
   *
   * @param backbone the teacher that all must have been measured with
   * @throws InputException if it cannot be read, is no JSON of JMH, or lacks one of the benchmarks
   */
  static JmhTimes read(JmhSource source, String backbone) {
    var file = source.file();
    JsonNode results;
    try {
      results = new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new InputException(noJmh(file), e);
    } catch (IOException e) {
      throw new InputException(file + " cannot be read (" + IoReason.of(e) + "); check --jmh", e);
    }
    if (!results.isArray() || results.isEmpty() || !results.get(0).has("jmhVersion")) {
      throw new InputException(noJmh(file));
    }
    var engine = source.engine().orElseGet(() -> engine(results));
    var times = new LinkedHashMap<String, Time>();
    BENCHMARKS.forEach(
        (name, variant) ->
            times.put(
                variant.label(),
                time(file, find(file, results, name, backbone, engine), name, engine)));
    return new JmhTimes(times);
  }

  private static String noJmh(Path file) {
    return file
        + " is no JSON of JMH; make it with benchmarks.jar InferenceBenchmark -rf json -rff FILE";
  }

  /** Plain Java's times where there are any. */
  private static Engine engine(JsonNode results) {
    for (var result : results) {
      if (measured(result, Engine.JAVA)) {
        return Engine.JAVA;
      }
    }
    return Engine.SAMEDIFF;
  }

  private static boolean measured(JsonNode result, Engine engine) {
    return result.path("params").path("engine").asText("samediff").equals(name(engine));
  }

  private static String name(Engine engine) {
    return engine.name().toLowerCase(Locale.ROOT);
  }

  private static JsonNode find(
      Path file, JsonNode results, String name, String backbone, Engine engine) {
    for (var result : results) {
      var parameters = result.path("params");
      if (result.path("benchmark").asText().endsWith("." + PREFIX + name)
          && result.path("mode").asText().equals("avgt")
          && measured(result, engine)
          && parameters.path("batch").asText().equals(BATCH)
          && parameters.path("backbone").asText().equals(backbone)) {
        return result;
      }
    }
    throw new InputException(
        file
            + " lacks "
            + PREFIX
            + name
            + " (average time) with batch="
            + BATCH
            + " and backbone="
            + backbone
            + " and engine="
            + name(engine)
            + "; run the benchmark with these");
  }

  private static Time time(Path file, JsonNode result, String name, Engine engine) {
    var metric = result.path("primaryMetric");
    var unit = metric.path("scoreUnit").asText();
    double score = metric.path("score").asDouble(Double.NaN);
    var factor = SECONDS.get(unit);
    if (factor == null || !(score > 0) || Double.isInfinite(score)) {
      throw new InputException(file + " has no time for " + PREFIX + name + "; measure it again");
    }
    // JMH writes "NaN" where a single measurement has no error.
    double error = metric.path("scoreError").asDouble(Double.NaN);
    var how =
        String.format(
            Locale.ROOT,
            "JMH %s, %s, engine %s, batch %s, mean %.2f ms, error (99.9 %%) %s, JMH threads %s, JDK %s %s;"
                + " JMH's file does not name the machine",
            result.path("jmhVersion").asText(),
            PREFIX + name,
            name(engine),
            BATCH,
            score * factor * 1e3,
            Double.isFinite(error)
                ? String.format(Locale.ROOT, "%.2f ms", error * factor * 1e3)
                : "unknown",
            result.path("threads").asText("?"),
            result.path("jdkVersion").asText("?"),
            result.path("vmName").asText(""));
    return new Time(score * factor, how);
  }
}
