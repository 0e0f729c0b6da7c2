package org.aand.serve.watch;

import java.util.Optional;
import org.aand.api.AnomalyDetector;
import org.aand.api.Detection;
import org.aand.drift.DriftMonitor;
import org.aand.serve.sink.Problems;

/**
 * Watches a line for drift, if its model knows the traits of normal images, and tells people when
 * it begins and ends. Safe to use from many threads.
 */
final class LineDrift {
  private static final String KEY = "drift";

  private final Optional<DriftMonitor> monitor;
  private final Problems problems;

  LineDrift(AnomalyDetector detector, DriftMonitor.Settings settings, Problems problems) {
    monitor = detector.driftMonitor(settings);
    this.problems = problems;
  }

  /**
   * Takes one more image in.
   *
   * @return what has probably happened to the line; empty while it is as it was
   */
  Optional<String> observe(Detection found) {
    if (monitor.isEmpty()) {
      return Optional.empty();
    }
    var report = monitor.get().add(found.score(), found.traits());
    if (!report.drifted()) {
      problems.over(KEY, "the images are like the normal ones again");
      return Optional.empty();
    }
    var causes = String.join("; ", report.causes());
    problems.occurred(
        KEY,
        "the last "
            + report.window()
            + " images differ from the normal ones the model was calibrated by: "
            + causes
            + "; check the line, or calibrate again");
    return Optional.of(causes);
  }
}
