package org.aand.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;
import org.aand.analysis.FeatureDistribution;
import org.aand.common.file.AtomicFile;
import org.aand.train.ResidualIntensity;

/** The files of what a run observes for the paper's figures. */
final class ObservationJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ObservationJson() {}

  /**
   * {@code {"residuals": [{"epochs", "levels": [{"level", "normal", "anomalous"}]}]}}; a mean is
   * left out where there are no locations.
   */
  static AtomicFile.Content residuals(List<ResidualIntensity> intensities) {
    var root = JSON.createObjectNode();
    var all = root.putArray("residuals");
    for (var intensity : intensities) {
      var levels = all.addObject().put("epochs", intensity.epochs()).putArray("levels");
      for (var level : intensity.levels()) {
        var node = levels.addObject().put("level", level.level());
        put(node, "normal", level.normal());
        put(node, "anomalous", level.anomalous());
      }
    }
    return out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
  }

  private static void put(ObjectNode node, String name, OptionalDouble value) {
    if (value.isPresent()) {
      node.put(name, value.getAsDouble());
    }
  }

  /**
   * {@code {"projection", "levels": [{"level", "points": [{"anomalous", "before", "after"}],
   * "shares"}]}}.
   */
  static AtomicFile.Content features(FeatureDistribution distribution) {
    var root = JSON.createObjectNode().put("projection", "principal components");
    root.set("levels", JSON.valueToTree(distribution.levels()));
    return out -> out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
  }
}
