package org.aand.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;
import org.aand.common.image.ImageSize;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.NetworkCost;
import org.aand.report.experiment.Cell;
import org.aand.variant.Variant;

/**
 * Parameters and inference time of networks, measured in this process once a network and output
 * folder: kept in {@code costs.json}, with how they were measured.
 */
final class NetworkCosts {
  private static final String FILE = "costs.json";
  private static final int REPETITIONS = 15;
  private static final String HOW =
      "median of " + REPETITIONS + " single images after a warm-up, in the runner's process";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Backbone backbone;
  private final ImageSize imageSize;
  private final Optional<JmhTimes> jmh;
  private final Map<String, Measured> known = new LinkedHashMap<>();

  /**
   * What is kept of a network.
   *
   * @param parameters by part
   * @param secondsPerImage image by image, forward pass and anomaly map
   * @param how it was measured
   */
  private record Measured(Map<String, Long> parameters, double secondsPerImage, String how) {
    double millions() {
      return parameters.values().stream().mapToLong(Long::longValue).sum() / 1e6;
    }
  }

  /**
   * @param jmh times that go before those measured here
   * @throws InputException if it is unusable
   */
  NetworkCosts(Path out, Backbone backbone, ImageSize imageSize, Optional<JmhSource> jmh) {
    this.file = out.resolve(FILE);
    this.backbone = backbone;
    this.imageSize = imageSize;
    this.jmh = jmh.map(source -> JmhTimes.read(source, backbone.name()));
    if (Files.exists(file)) {
      read();
    }
  }

  private void read() {
    try {
      var all = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
      for (var entry : all.properties()) {
        known.put(entry.getKey(), JSON.treeToValue(entry.getValue(), Measured.class));
      }
    } catch (JsonProcessingException e) {
      throw new InputException(file + " is damaged; delete it to measure again", e);
    } catch (IOException e) {
      throw new InputException(file + " cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  /** The cell with the cost of its network, which is measured if it was not before. */
  Cell add(Cell cell, Variant variant) {
    var measured = known.get(variant.label());
    var given = jmh.flatMap(times -> times.of(variant));
    if (given.isPresent()) {
      var time = given.get();
      measured = new Measured(NetworkCost.count(variant, backbone), time.seconds(), time.how());
      keep(variant, measured);
    } else if (measured == null) {
      var cost = NetworkCost.measure(variant, backbone, imageSize, REPETITIONS);
      measured = new Measured(cost.parameters(), cost.millisecondsPerImage() / 1e3, HOW);
      keep(variant, measured);
    }
    return cell.withCost(measured.millions(), measured.secondsPerImage());
  }

  private void keep(Variant variant, Measured measured) {
    if (measured.equals(known.put(variant.label(), measured))) {
      return;
    }
    AtomicFile.write(
        file, out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(known)));
  }

  /** For each network whose cost is known, how its time was measured. */
  List<String> notes() {
    return known.entrySet().stream()
        .map(entry -> "Time of " + entry.getKey() + ": " + entry.getValue().how() + ".")
        .toList();
  }
}
