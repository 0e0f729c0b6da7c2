package org.aand.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import onnx.Onnx.TensorProto;
import org.aand.common.image.Normalisation;
import org.aand.detect.MapMatrix;
import org.aand.model.MapRule;
import org.aand.model.ModelDescription;
import org.aand.model.NormalScores;
import org.aand.model.Tiling;

/**
 * A whole detector as a graph: normalising, cutting tiles where the model has any, the network, the
 * anomaly map, score and verdict.
 */
final class DetectorGraph {
  static final String IMAGE = "image";
  static final String MAP = "anomaly_map";
  static final String SCORE = "score";
  static final String ANOMALOUS = "anomalous";

  private static final int CHANNELS = 3;

  private final Graph graph = new Graph();
  private final ModelDescription model;
  private final Tiling tiling;

  private DetectorGraph(ModelDescription model) {
    this.model = model;
    tiling = model.tiling();
  }

  /**
   * The graph of a model.
   *
   * @param threshold images that score higher are anomalous
   */
  static Graph.Needed of(ModelDescription model, float threshold) {
    var whole = new DetectorGraph(model);
    whole.build(threshold);
    return whole.graph.needed("aand");
  }

  private void build(float threshold) {
    var size = model.resolution();
    graph.input(IMAGE, CHANNELS, size.height(), size.width());
    var net = new OnnxNet(graph, model.imageSize().height(), model.imageSize().width());
    var images = net.input(tiles(normalised()));
    var outputs = model.scoring().build(net, model.teacher(), images);
    int levels = model.scoring().mapSizes(model.imageSize()).size();
    if (model.rule().combination() == MapRule.Combination.PRODUCT) {
      product(outputs.subList(0, levels));
    } else {
      map(IntStream.range(0, levels).mapToObj(l -> joined(l, outputs.get(l))).toList());
    }
    if (model.scoredByNetwork()) {
      var one = graph.constant("one_score_an_image", -1);
      graph.add("Reshape", SCORE, List.of(outputs.get(levels).name(), one));
    }
    var limit = graph.constant("threshold", new double[] {threshold});
    graph.add("Greater", ANOMALOUS, List.of(SCORE, limit));
    graph.output(MAP, TensorProto.DataType.FLOAT, 1, size.height(), size.width());
    graph.output(SCORE, TensorProto.DataType.FLOAT);
    graph.output(ANOMALOUS, TensorProto.DataType.BOOL);
  }

  private String normalised() {
    var statistics = model.preprocessing().normalisation();
    var channels = List.of(statistics.red(), statistics.green(), statistics.blue());
    var mean = channels.stream().mapToDouble(Normalisation.Channel::mean).toArray();
    var deviation = channels.stream().mapToDouble(Normalisation.Channel::deviation).toArray();
    var centred =
        graph.add(
            "Sub", "centred", List.of(IMAGE, graph.constant("mean", mean, 1, CHANNELS, 1, 1)));
    return graph.add(
        "Div",
        "normalised",
        List.of(centred, graph.constant("deviation", deviation, 1, CHANNELS, 1, 1)));
  }

  /**
   * From {@code [N, 3, height, width]} to {@code [T N, 3, h, w]}, the first tile of all images
   * first.
   */
  private String tiles(String image) {
    if (!tiling.divides()) {
      return image;
    }
    var size = tiling.tileSize();
    var axes = graph.constant("tile_axes", 2, 3);
    var tiles = new ArrayList<String>();
    for (int t = 0; t < tiling.count(); t++) {
      int top = tiling.top(t);
      int left = tiling.left(t);
      var from = graph.constant("tile_from_" + t, top, left);
      var to = graph.constant("tile_to_" + t, top + size.height(), left + size.width());
      tiles.add(graph.add("Slice", "tile", List.of(image, from, to, axes)));
    }
    return graph.add("Concat", "tiles", tiles, Attributes.of("axis", 0));
  }

  /** From the scores of every level, {@code [T N, 1, h, w]}, to the map and its score. */
  private void product(List<Value> levels) {
    var tile = tiling.tileSize();
    var product =
        IntStream.range(0, levels.size())
            .mapToObj(l -> enlargedToTile(l, levels.get(l)))
            .reduce((a, b) -> graph.add("Mul", "product", List.of(a, b)))
            .orElseThrow();
    var joined = joined(0, new Value(product, 1, tile.height(), tile.width()));
    double sigma = model.rule().sigma();
    var size = model.resolution();
    new SeparableMap(
            MapMatrix.of(tiling.down(), tile.height(), sigma),
            size.height(),
            MapMatrix.of(tiling.along(), tile.width(), sigma),
            size.width())
        .apply(graph, MAP, joined);
    score(MAP);
  }

  /** A level's scores at each pixel of the network's input. */
  private String enlargedToTile(int number, Value level) {
    var tile = Tiling.whole(tiling.tileSize());
    return new SeparableMap(
            MapMatrix.of(tile.down(), level.height(), 0),
            tile.tileSize().height(),
            MapMatrix.of(tile.along(), level.width(), 0),
            tile.tileSize().width())
        .apply(graph, "enlarged_level_" + number, level.name());
  }

  /** From the scores of every level, {@code [N, 1, n h, m w]}, to the map and its score. */
  private void map(List<String> levels) {
    var rule = model.rule();
    graph.add("Sum", MAP, enlarged("map_of_level_", levels, l -> rule.weight(l)));
    var normals = rule.score().normals();
    if (model.scoredByNetwork()) {
      return;
    }
    if (normals.isEmpty()) {
      score(MAP);
    } else {
      var relative = new ArrayList<String>();
      for (int l = 0; l < normals.size(); l++) {
        relative.add(relative(l, levels.get(l), normals.get(l)));
      }
      score(graph.add("Sum", "relative_map", enlarged("relative_map_of_level_", relative, l -> 1)));
    }
  }

  /** Each level's part of a map, {@code [N, 1, height, width]}, times its weight. */
  private List<String> enlarged(String name, List<String> levels, IntToDoubleFunction weight) {
    var sizes = model.scoring().mapSizes(model.imageSize());
    var size = model.resolution();
    double sigma = model.rule().sigma();
    var parts = new ArrayList<String>();
    for (int l = 0; l < levels.size(); l++) {
      double factor = weight.applyAsDouble(l);
      var down =
          Arrays.stream(MapMatrix.of(tiling.down(), sizes.get(l).height(), sigma))
              .map(value -> value * factor)
              .toArray();
      var along = MapMatrix.of(tiling.along(), sizes.get(l).width(), sigma);
      parts.add(
          new SeparableMap(down, size.height(), along, size.width())
              .apply(graph, name + l, levels.get(l)));
    }
    return parts;
  }

  /** A level's scores as deviations from those of normal images. */
  private String relative(int number, String level, NormalScores normals) {
    var size = model.scoring().mapSizes(model.imageSize()).get(number);
    var means = IntStream.range(0, normals.locations()).mapToDouble(normals::mean).toArray();
    var deviations =
        IntStream.range(0, normals.locations()).mapToDouble(normals::deviation).toArray();
    var name = "normal_" + number;
    var centred =
        graph.add(
            "Sub",
            "above_" + name,
            List.of(level, graph.constant(name, means, 1, 1, size.height(), size.width())));
    return graph.add(
        "Div",
        "relative_to_" + name,
        List.of(
            centred,
            graph.constant(name + "_deviation", deviations, 1, 1, size.height(), size.width())));
  }

  /** The image's score by a map {@code [N, 1, height, width]}. */
  private void score(String map) {
    var flat = graph.add("Flatten", "flat_map", List.of(map), Attributes.of("axis", 1));
    var keep = Attributes.of("keepdims", 0);
    var along = Attributes.of("axes", new long[] {1});
    int count = model.rule().score().count(model.resolution().pixels());
    if (count == 1) {
      graph.add("ReduceMax", SCORE, List.of(flat), along, keep);
    } else {
      graph.add("ReduceMean", SCORE, List.of(graph.greatest("greatest", flat, count)), along, keep);
    }
  }

  /** From {@code [T N, 1, h, w]} to {@code [N, 1, n h, m w]}, the tiles side by side. */
  private String joined(int number, Value level) {
    if (!tiling.divides()) {
      return level.name();
    }
    int n = tiling.down().count();
    int m = tiling.along().count();
    int height = level.height();
    int width = level.width();
    var shape = graph.constant("apart_of_level_" + number, n, m, -1, height, width);
    var apart = graph.add("Reshape", "tiles_apart", List.of(level.name(), shape));
    var turned =
        graph.add(
            "Transpose", "tiles_turned", List.of(apart), Attributes.of("perm", 2, 0, 3, 1, 4));
    var joint = graph.constant("joint_of_level_" + number, -1, 1, n * height, m * width);
    return graph.add("Reshape", "tiles_joined", List.of(turned, joint));
  }
}
