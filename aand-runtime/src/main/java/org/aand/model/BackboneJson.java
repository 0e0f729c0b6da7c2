package org.aand.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import org.aand.network.teacher.Backbone;

/** A backbone in a manifest. */
public final class BackboneJson {
  static final String PLANES = "planes";

  private BackboneJson() {}

  /** Puts its fields; the base width where it is not the usual one. */
  public static void write(Backbone backbone, ObjectNode node) {
    node.put("name", backbone.name())
        .put("bottleneckBlocks", backbone.bottleneckBlocks())
        .put("widthPerGroup", backbone.widthPerGroup())
        .putPOJO("blocks", backbone.blocks());
    if (hasOtherPlanes(backbone)) {
      node.put(PLANES, backbone.planes());
    }
  }

  /** Whether a reader that knows no base width would take it for another network. */
  static boolean hasOtherPlanes(Backbone backbone) {
    return backbone.planes() != Backbone.USUAL_PLANES;
  }

  /**
   * The backbone of a node whose numbers are within bounds.
   *
   * @throws IllegalArgumentException if it has not three stages
   */
  public static Backbone read(JsonNode node) {
    var blocks = new ArrayList<Integer>();
    node.path("blocks").forEach(b -> blocks.add(b.asInt()));
    return new Backbone(
        node.path("name").asText(),
        node.path("bottleneckBlocks").asBoolean(),
        blocks,
        node.path("widthPerGroup").asInt(),
        node.path(PLANES).asInt(Backbone.USUAL_PLANES));
  }
}
