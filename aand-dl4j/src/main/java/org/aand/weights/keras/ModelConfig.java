package org.aand.weights.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a full-model file's {@code model_config} says about batch normalisation. */
final class ModelConfig {
  private ModelConfig() {}

  /**
   * The epsilon of each batch normalisation that has one, by layer name; nested models included.
   *
   * @throws Hdf5Exception if it is no JSON or an epsilon is no positive number
   */
  static Map<String, Double> epsilons(String json) throws Hdf5Exception {
    try {
      var epsilons = new LinkedHashMap<String, Double>();
      collect(new ObjectMapper().readTree(json), epsilons);
      return Collections.unmodifiableMap(epsilons);
    } catch (JsonProcessingException e) {
      throw new Hdf5Exception("its model_config is not JSON", e);
    }
  }

  private static void collect(JsonNode node, Map<String, Double> epsilons) throws Hdf5Exception {
    var config = node.path("config");
    var epsilon = config.path("epsilon");
    if (node.path("class_name").asText().contains("BatchNormalization")
        && !epsilon.isMissingNode()) {
      var layer = config.path("name").asText();
      double value = epsilon.asDouble(Double.NaN);
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new Hdf5Exception(
            "epsilon of " + layer + " is " + epsilon + ", not a positive number");
      }
      epsilons.put(layer, value);
    }
    for (var child : node) {
      collect(child, epsilons);
    }
  }
}
