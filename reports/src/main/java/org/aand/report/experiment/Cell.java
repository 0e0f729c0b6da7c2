package org.aand.report.experiment;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.aand.report.Metric;
import org.aand.report.Protocol;

/**
 * One trained and measured thing of an experiment: one method (a row of a table) on one category of
 * one data set with one seed. The same training, measured under two protocols, is two cells.
 *
 * @param experiment the experiment's key, such as "main" or "components"
 * @param row the key of the row within it, such as "aand", or the value of a sweep, such as "50"
 * @param dataset the data set's key, such as "mvtec"
 * @param category the category in it, such as "bottle"
 * @param seed the seed of all random streams
 * @param protocol how the evaluated checkpoint was chosen
 * @param status whether it was measured
 * @param message why it failed, in one line; empty when done
 * @param metrics the values in [0, 1] of the metrics that were computed and are defined; empty when
 *     failed
 * @param parametersMillions the parameters of the whole network in millions
 * @param inferenceSeconds the seconds that one image takes, forward pass and anomaly map
 * @param seconds the wall time of the training
 * @param modelMegabytes size of the model file in 10^6 bytes
 * @param latencyMilliseconds the median time of one image on the Java engine, from the normalised
 *     image to map and score
 */
public record Cell(
    String experiment,
    String row,
    String dataset,
    String category,
    long seed,
    Protocol protocol,
    Status status,
    String message,
    Map<Metric, Double> metrics,
    OptionalDouble parametersMillions,
    OptionalDouble inferenceSeconds,
    OptionalDouble seconds,
    OptionalDouble modelMegabytes,
    OptionalDouble latencyMilliseconds)
    implements Comparable<Cell> {

  /** Whether a cell was measured. A cell that was not run yet has no record. */
  public enum Status {
    /** Measured. */
    DONE("done"),
    /** Given up, for the reason in its message. */
    FAILED("failed");

    private final String key;

    Status(String key) {
      this.key = key;
    }

    /** The name in CSV and JSON. */
    public String key() {
      return key;
    }
  }

  private static final Comparator<Cell> ORDER =
      Comparator.comparing(Cell::experiment)
          .thenComparing(Cell::row)
          .thenComparing(Cell::dataset)
          .thenComparing(Cell::category)
          .thenComparing(Cell::protocol)
          .thenComparingLong(Cell::seed);

  /**
   * Copies the metrics, leaving out NaN and infinities, and makes one line of the message.
   *
   * @throws IllegalArgumentException if a key is blank, or a failed cell has no message or has
   *     metrics, or one that is done has a message
   */
  public Cell {
    checkKey(experiment, "experiment");
    checkKey(row, "row");
    checkKey(dataset, "dataset");
    checkKey(category, "category");
    requireNonNull(protocol, "protocol");
    requireNonNull(status, "status");
    message = requireNonNull(message, "message").strip().replaceAll("\\s+", " ");
    var finite = new EnumMap<Metric, Double>(Metric.class);
    requireNonNull(metrics, "metrics")
        .forEach(
            (metric, value) -> {
              if (Double.isFinite(value)) {
                finite.put(metric, value);
              }
            });
    metrics = Collections.unmodifiableMap(finite);
    requireNonNull(parametersMillions, "parametersMillions");
    requireNonNull(inferenceSeconds, "inferenceSeconds");
    requireNonNull(seconds, "seconds");
    requireNonNull(modelMegabytes, "modelMegabytes");
    requireNonNull(latencyMilliseconds, "latencyMilliseconds");
    boolean failed = status == Status.FAILED;
    if (failed == message.isEmpty() || (failed && !metrics.isEmpty())) {
      throw new IllegalArgumentException(
          "a failed cell has a message and no metrics, one that is done has no message");
    }
  }

  /** A measured cell, without parameters and times; see the {@code with} methods. */
  public static Cell done(
      String experiment,
      String row,
      String dataset,
      String category,
      long seed,
      Protocol protocol,
      Map<Metric, Double> metrics) {
    return new Cell(
        experiment,
        row,
        dataset,
        category,
        seed,
        protocol,
        Status.DONE,
        "",
        metrics,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** A cell that was given up. */
  public static Cell failed(
      String experiment,
      String row,
      String dataset,
      String category,
      long seed,
      Protocol protocol,
      String message) {
    return new Cell(
        experiment,
        row,
        dataset,
        category,
        seed,
        protocol,
        Status.FAILED,
        message,
        Map.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** The same cell with what its network costs (Table VIII). */
  public Cell withCost(double networkParametersMillions, double imageInferenceSeconds) {
    return with(
        OptionalDouble.of(networkParametersMillions),
        OptionalDouble.of(imageInferenceSeconds),
        seconds,
        modelMegabytes,
        latencyMilliseconds);
  }

  /** The same cell with the wall time of its training. */
  public Cell withSeconds(double wallSeconds) {
    return with(
        parametersMillions,
        inferenceSeconds,
        OptionalDouble.of(wallSeconds),
        modelMegabytes,
        latencyMilliseconds);
  }

  /** The same cell with what its model takes in use. */
  public Cell withUse(double megabytes, double milliseconds) {
    return with(
        parametersMillions,
        inferenceSeconds,
        seconds,
        OptionalDouble.of(megabytes),
        OptionalDouble.of(milliseconds));
  }

  private Cell with(
      OptionalDouble parameters,
      OptionalDouble inference,
      OptionalDouble wall,
      OptionalDouble megabytes,
      OptionalDouble milliseconds) {
    return new Cell(
        experiment,
        row,
        dataset,
        category,
        seed,
        protocol,
        status,
        message,
        metrics,
        parameters,
        inference,
        wall,
        megabytes,
        milliseconds);
  }

  /** The value of a metric; empty where not computed or undefined. */
  public OptionalDouble metric(Metric metric) {
    Double value = metrics.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Whether the cell was measured. */
  public boolean isDone() {
    return status == Status.DONE;
  }

  /** Whether both describe the same training and protocol, whatever came out. */
  public boolean isSameAs(Cell other) {
    return ORDER.compare(this, other) == 0;
  }

  /** By experiment, row, data set, category, protocol and seed: the order of the files. */
  @Override
  public int compareTo(Cell other) {
    return ORDER.compare(this, other);
  }

  private static void checkKey(String key, String what) {
    if (requireNonNull(key, what).isBlank()) {
      throw new IllegalArgumentException("a cell without " + what);
    }
  }
}
