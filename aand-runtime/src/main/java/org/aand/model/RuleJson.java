package org.aand.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The rule of map and image score in a model file's manifest: {@code sigma} alone for the paper's,
 * else a {@code rule}, whose {@code combination} is "product" where maps are multiplied and left
 * out where they are added. Normal scores are 32-bit floats, little endian, in Base64.
 */
final class RuleJson {
  private static final String SIGMA = "sigma";
  private static final String RULE = "rule";
  private static final String WEIGHTS = "weights";
  private static final String SHARE = "share";
  private static final String NORMALS = "normals";
  private static final String COMBINATION = "combination";
  private static final String PRODUCT = "product";
  private static final String MEANS = "means";
  private static final String DEVIATIONS = "deviations";

  private RuleJson() {}

  static void write(MapRule rule, ObjectNode root) {
    if (rule.isPaper()) {
      root.put(SIGMA, rule.sigma());
      return;
    }
    var node = root.putObject(RULE).put(SIGMA, rule.sigma());
    var weights = node.putArray(WEIGHTS);
    rule.weights().forEach(weights::add);
    node.put(SHARE, rule.score().share());
    if (rule.combination() == MapRule.Combination.PRODUCT) {
      node.put(COMBINATION, PRODUCT);
    }
    var normals = node.putArray(NORMALS);
    for (var level : rule.score().normals()) {
      normals
          .addObject()
          .put(MEANS, encoded(level.means()))
          .put(DEVIATIONS, encoded(level.deviations()));
    }
  }

  /**
   * The rule of a manifest whose numbers {@link ManifestLimits} has checked.
   *
   * @throws IllegalArgumentException naming what is out of bounds or does not fit
   */
  static MapRule read(JsonNode root) {
    var node = root.path(RULE);
    if (node.isMissingNode()) {
      return MapRule.paper(root.path(SIGMA).asDouble());
    }
    var weights = new ArrayList<Double>();
    node.path(WEIGHTS).forEach(weight -> weights.add(weight.asDouble(Double.NaN)));
    var normals = new ArrayList<NormalScores>();
    for (var level : node.path(NORMALS)) {
      normals.add(new NormalScores(decoded(level, MEANS), decoded(level, DEVIATIONS)));
    }
    return new MapRule(
        node.path(SIGMA).asDouble(),
        List.copyOf(weights),
        new ImageScore(node.path(SHARE).asDouble(), normals),
        combination(node.path(COMBINATION)));
  }

  private static MapRule.Combination combination(JsonNode node) {
    if (node.isMissingNode()) {
      return MapRule.Combination.SUM;
    }
    if (PRODUCT.equals(node.textValue())) {
      return MapRule.Combination.PRODUCT;
    }
    throw new IllegalArgumentException("it combines maps in an unknown way, " + node);
  }

  private static String encoded(float[] values) {
    var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] decoded(JsonNode level, String field) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(level.path(field).asText());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its " + field + " are no Base64", e);
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
