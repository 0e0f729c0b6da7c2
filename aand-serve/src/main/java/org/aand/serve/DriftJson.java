package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.aand.drift.DriftReport;
import org.aand.drift.Trait;

/**
 * A report on drift in answers.
 *
 * <ul>
 *   <li>{@code drifted}: whether the last images differ from the normal ones
 *   <li>{@code images}: observed so far; {@code window}: how many of them are compared
 *   <li>{@code causes}: what probably happened, the likeliest first
 *   <li>{@code traits}: for each its {@code median} and 10 and 90 % quantiles ({@code lowest},
 *       {@code highest}) in the window, {@code normalMedian}, {@code pValue}, {@code drifted}
 * </ul>
 */
final class DriftJson {
  private DriftJson() {}

  static ObjectNode of(DriftReport report) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("drifted", report.drifted())
            .put("images", report.images())
            .put("window", report.window());
    var causes = node.putArray("causes");
    report.causes().forEach(causes::add);
    var traits = node.putObject("traits");
    for (var trait : Trait.values()) {
      var finding = report.traits().get(trait);
      if (finding != null) {
        traits
            .putObject(trait.key())
            .put("median", (float) finding.median())
            .put("lowest", (float) finding.lowest())
            .put("highest", (float) finding.highest())
            .put("normalMedian", (float) finding.normalMedian())
            .put("pValue", finding.pValue())
            .put("drifted", finding.drifted());
      }
    }
    return node;
  }
}
