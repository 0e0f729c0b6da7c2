package org.aand.report.experiment.figure;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.aand.report.Metric;
import org.aand.report.Protocol;

/**
 * Metrics over the values of one setting (Fig. 7), as means over the same categories at every
 * value.
 *
 * @param experiment the experiment's key, such as "memory-size"
 * @param dataset the data set's key
 * @param protocol how the evaluated checkpoints were chosen
 * @param categories the categories of the mean
 * @param curves a curve for each metric
 */
public record Sweep(
    String experiment,
    String dataset,
    Protocol protocol,
    List<String> categories,
    List<Curve> curves)
    implements Figure {

  /**
   * One metric over the values.
   *
   * @param metric the metric
   * @param points its values, in rising order of the setting
   */
  public record Curve(Metric metric, List<Point> points) {
    /**
     * @throws IllegalArgumentException if the values of the setting do not rise
     */
    public Curve {
      requireNonNull(metric, "metric");
      points = List.copyOf(points);
      for (int i = 1; i < points.size(); i++) {
        if (!(points.get(i).value() > points.get(i - 1).value())) {
          throw new IllegalArgumentException("value " + points.get(i).value() + " out of order");
        }
      }
    }
  }

  /**
   * A metric at one value of the setting.
   *
   * @param value the setting
   * @param mean the metric's mean over categories and seeds, in [0, 1]
   * @param deviation the sample deviation of the seeds' means; 0 for one seed
   * @param seeds the number of seeds
   */
  public record Point(double value, double mean, double deviation, int seeds) {}

  /** Copies the lists. */
  public Sweep {
    requireNonNull(experiment, "experiment");
    requireNonNull(dataset, "dataset");
    requireNonNull(protocol, "protocol");
    categories = List.copyOf(categories);
    curves = List.copyOf(curves);
  }
}
