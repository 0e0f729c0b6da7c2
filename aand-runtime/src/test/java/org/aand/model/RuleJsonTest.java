package org.aand.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.PyramidStudent;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.junit.jupiter.api.Test;

/** A fitted rule survives its way through a manifest; what is none is refused by name. */
class RuleJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Backbone BACKBONE = new Backbone("tiny", false, List.of(1, 1, 1), 64);

  @Test
  void thePapersRuleIsItsSigmaAlone() {
    var node = written(MapRule.paper(4));
    assertEquals(4, node.path("sigma").asDouble());
    assertFalse(node.has("rule"));
    assertEquals(1, NetworkJson.minorVersion(model(MapRule.paper(4))));
  }

  @Test
  void aFittedRuleComesBackAsItWas() throws JsonProcessingException {
    var model = model(fitted());
    assertEquals(3, NetworkJson.minorVersion(model));
    var node = written(model.rule());
    assertFalse(node.has("sigma"), "a program that knows no rules refuses the file");
    assertEquals(model, NetworkJson.read(JSON.readTree(node.toString())));
  }

  @Test
  void aProductComesBackAsItWasAndIsOfItsMethodAlone() throws JsonProcessingException {
    var model =
        new ModelDescription(
            AmplifiedTeacher.plain(BACKBONE),
            new Scoring.StudentTeacher(new PyramidStudent(BACKBONE)),
            Tiling.whole(32),
            MapRule.product());
    assertEquals(5, NetworkJson.minorVersion(model));
    var manifest = JSON.createObjectNode();
    NetworkJson.write(model, manifest);
    var node = JSON.readTree(manifest.toString());
    assertEquals(model, NetworkJson.read(node));
    ((ObjectNode) node.path("rule")).put("combination", "quotient");
    var error = assertThrows(IllegalArgumentException.class, () -> NetworkJson.read(node));
    assertTrue(String.valueOf(error.getMessage()).contains("quotient"), error.getMessage());
    var weights = List.of(1.0, 1.0, 1.0);
    assertThrows(
        IllegalArgumentException.class,
        () -> new MapRule(0, weights, ImageScore.MAXIMUM, MapRule.Combination.PRODUCT));
  }

  @Test
  void whatIsNoRuleIsNamed() {
    refused("share", rule -> rule.put("share", 2));
    refused("share", rule -> rule.put("share", "0.1"));
    refused("sigma", rule -> rule.put("sigma", -1));
    refused("weights", rule -> rule.putArray("weights").add("1"));
    refused("weights", rule -> rule.putArray("weights").add(-1));
    refused("5 weights", rule -> rule.putArray("weights").add(1).add(1).add(1).add(1).add(1));
    refused("means are no Base64", rule -> level(rule).put("means", "?!"));
    refused("deviations", rule -> level(rule).put("deviations", "AAAA"));
    refused(
        "normal score", rule -> level(rule).put("deviations", level(rule).path("means").asText()));
    refused("do not fit", rule -> rule.withArray("normals").remove(0));
  }

  private interface Change {
    void to(ObjectNode rule);
  }

  private static void refused(String named, Change change) {
    var node = written(fitted());
    change.to((ObjectNode) node.path("rule"));
    var error = assertThrows(IllegalArgumentException.class, () -> NetworkJson.read(node));
    assertTrue(String.valueOf(error.getMessage()).contains(named), error.getMessage());
  }

  private static ObjectNode level(ObjectNode rule) {
    return (ObjectNode) rule.path("normals").path(0);
  }

  private static ObjectNode written(MapRule rule) {
    var node = JSON.createObjectNode();
    NetworkJson.write(model(rule), node);
    try {
      return (ObjectNode) JSON.readTree(node.toString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Means of 0, so that they are no deviations. */
  private static MapRule fitted() {
    return new MapRule(
        4,
        List.of(1.0, 1.0, 1.0, 0.25, 0.5, 1.5),
        new ImageScore(0.01, List.of(normals(64), normals(16), normals(4))));
  }

  private static NormalScores normals(int locations) {
    float[] deviations = new float[locations];
    for (int i = 0; i < locations; i++) {
      deviations[i] = 0.5f + i;
    }
    return new NormalScores(new float[locations], deviations);
  }

  private static ModelDescription model(MapRule rule) {
    return new ModelDescription(
        AmplifiedTeacher.of(BACKBONE),
        new Scoring.Discrepancy(new Student(BACKBONE, 1), !rule.isPaper(), Optional.empty()),
        Tiling.whole(32),
        rule);
  }
}
