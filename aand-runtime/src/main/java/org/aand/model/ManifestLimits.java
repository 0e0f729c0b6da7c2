package org.aand.model;

import com.fasterxml.jackson.databind.JsonNode;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.teacher.Backbone;

/**
 * Bounds of the numbers in a manifest. They lie far beyond any network that can be trained, and
 * keep a damaged or hostile file from asking for one that no memory holds.
 */
final class ManifestLimits {
  private static final int MAX_IMAGE_SIZE = 2048;
  private static final int MAX_BLOCKS = 256;
  private static final int MAX_WIDTH = 1 << 14;
  private static final int MAX_ITEMS = 1 << 22;
  private static final double MAX_SIGMA = 1000;

  private ManifestLimits() {}

  /**
   * @throws IllegalArgumentException naming the first number that is missing or out of bounds
   */
  static void check(JsonNode manifest) {
    if (manifest.has("imageHeight") && !manifest.has("imageSize")) {
      whole(manifest, "imageHeight", ModelDescription.STRIDE, MAX_IMAGE_SIZE);
      whole(manifest, "imageWidth", ModelDescription.STRIDE, MAX_IMAGE_SIZE);
    } else {
      whole(manifest, "imageSize", ModelDescription.STRIDE, MAX_IMAGE_SIZE);
    }
    if (manifest.has("rule") && !manifest.has("sigma")) {
      rule(manifest.path("rule"));
    } else {
      real(manifest, "sigma", 0, MAX_SIGMA);
    }
    var backbone = manifest.path("backbone");
    whole(backbone, "widthPerGroup", 1, MAX_WIDTH);
    if (backbone.has(BackboneJson.PLANES)) {
      whole(backbone, BackboneJson.PLANES, 1, MAX_WIDTH);
    }
    for (var blocks : backbone.path("blocks")) {
      require("blocks", blocks, blocks.isInt() && within(blocks.asInt(), 1, MAX_BLOCKS));
    }
    var tiling = manifest.path("tiling");
    if (tiling.has("height") && !tiling.has("resolution")) {
      whole(tiling, "height", 1, Tiling.MAX_RESOLUTION);
      whole(tiling, "width", 1, Tiling.MAX_RESOLUTION);
    } else {
      optional(tiling, "resolution", Tiling.MAX_RESOLUTION);
    }
    optional(tiling, "overlap", MAX_IMAGE_SIZE);
    optional(manifest.path("student"), "bottleneckBlocks", MAX_BLOCKS);
    optional(manifest.path("discriminator"), "channels", MAX_WIDTH);
    optional(manifest.path("discriminator"), "hidden", MAX_WIDTH);
    optional(manifest.path("patchcore"), "items", MAX_ITEMS);
    optional(manifest.path("patchcore"), "neighbours", MAX_WIDTH);
    for (var module : manifest.path("modules")) {
      whole(module, "channels", 1, MAX_WIDTH);
      whole(module, "hidden", 1, MAX_WIDTH);
      whole(module, "memoryItems", 1, MAX_WIDTH);
      real(module, "temperature", 1e-6, 1e6);
    }
  }

  /**
   * @throws IllegalArgumentException if a module does not belong to its level of the backbone
   */
  static void check(AmplifiedTeacher teacher) {
    for (int i = 0; i < teacher.modules().size(); i++) {
      var module = teacher.modules().get(i);
      if (!module.level().equals(Backbone.LEVEL_NAMES.get(i))
          || module.channels() != teacher.backbone().channels().get(i)) {
        throw new IllegalArgumentException(
            "its module "
                + (i + 1)
                + " does not fit the backbone's level "
                + Backbone.LEVEL_NAMES.get(i));
      }
    }
  }

  private static void rule(JsonNode rule) {
    real(rule, "sigma", 0, MAX_SIGMA);
    real(rule, "share", 0, 1);
    for (var weight : rule.path("weights")) {
      require(
          "weights",
          weight,
          weight.isNumber() && weight.asDouble() >= 0 && weight.asDouble() < 1e9);
    }
  }

  /** A number of a part that not every network has. */
  private static void optional(JsonNode part, String field, int to) {
    if (!part.isMissingNode()) {
      whole(part, field, 1, to);
    }
  }

  private static void whole(JsonNode node, String field, int from, int to) {
    var value = node.path(field);
    require(field, value, value.isInt() && within(value.asInt(), from, to));
  }

  private static void real(JsonNode node, String field, double from, double to) {
    var value = node.path(field);
    require(field, value, value.isNumber() && within(value.asDouble(), from, to));
  }

  private static boolean within(double value, double from, double to) {
    return value >= from && value <= to;
  }

  private static void require(String field, JsonNode value, boolean holds) {
    if (!holds) {
      var text = value.toString();
      throw new IllegalArgumentException(
          "its " + field + " is " + (text.isEmpty() ? "missing" : shortened(text)));
    }
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
