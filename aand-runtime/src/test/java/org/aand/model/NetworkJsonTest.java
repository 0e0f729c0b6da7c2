package org.aand.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.aand.common.image.ImageSize;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.junit.jupiter.api.Test;

/** A manifest tells a network in full, and the first version of programs that understand it. */
class NetworkJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Backbone USUAL = new Backbone("tiny", false, List.of(1, 1, 1), 64);
  private static final Backbone NARROW = new Backbone("tiny", true, List.of(1, 2, 1), 128, 8);
  private static final ImageSize SQUARE = ImageSize.square(64);

  private static ModelDescription model(Backbone backbone, ImageSize size, boolean bank) {
    var items = new PatchCore(PatchFeatures.channels(backbone), 7, 1);
    return new ModelDescription(
        AmplifiedTeacher.of(backbone),
        new Scoring.Discrepancy(
            new Student(backbone, 1), false, bank ? Optional.of(items) : Optional.empty()),
        Tiling.whole(size),
        MapRule.paper(4));
  }

  private static JsonNode written(ModelDescription model) throws JsonProcessingException {
    var manifest = JSON.createObjectNode();
    NetworkJson.write(model, manifest);
    return JSON.readTree(manifest.toString());
  }

  @Test
  void comesBackAsItWasUnderTheFirstVersionThatCouldSayIt() throws JsonProcessingException {
    comesBack(1, model(USUAL, SQUARE, false));
    comesBack(2, model(USUAL, new ImageSize(64, 96), false));
    comesBack(6, model(USUAL, SQUARE, true));
    comesBack(7, model(NARROW, SQUARE, false));
    comesBack(7, model(NARROW, SQUARE, true));
  }

  private static void comesBack(int minor, ModelDescription model) throws JsonProcessingException {
    assertEquals(minor, NetworkJson.minorVersion(model), model.toString());
    assertEquals(model, NetworkJson.read(written(model)));
  }

  @Test
  void theBaseWidthIsToldWhereItIsAnother() throws JsonProcessingException {
    assertFalse(written(model(USUAL, SQUARE, false)).path("backbone").has("planes"));
    var narrow = written(model(NARROW, SQUARE, false));
    assertEquals(8, narrow.path("backbone").path("planes").asInt());
    ((ObjectNode) narrow.path("backbone")).put("planes", 16);
    var error = assertThrows(IllegalArgumentException.class, () -> NetworkJson.read(narrow));
    assertTrue(String.valueOf(error.getMessage()).contains("module"), error.getMessage());
  }

  @Test
  void aNarrowNetworkHasLayersOfItsOwnWidth() {
    assertEquals(List.of(32, 64, 128), NARROW.channels());
    assertEquals(16, NARROW.innerWidth(8));
    assertEquals(List.of(256, 512, 1024), new Backbone("b", true, List.of(1, 1, 1), 64).channels());
    long usual =
        ModelDescription.table(AmplifiedTeacher.plain(USUAL), new Student(USUAL, 1)).stream()
            .mapToLong(spec -> spec.length())
            .sum();
    var half = new Backbone("half", false, List.of(1, 1, 1), 64, 32);
    long narrow =
        ModelDescription.table(AmplifiedTeacher.plain(half), new Student(half, 1)).stream()
            .mapToLong(spec -> spec.length())
            .sum();
    assertTrue(narrow > usual / 5 && narrow < usual / 3, narrow + " of " + usual);
    assertThrows(
        IllegalArgumentException.class, () -> new Backbone("none", false, List.of(1, 1, 1), 64, 0));
  }
}
