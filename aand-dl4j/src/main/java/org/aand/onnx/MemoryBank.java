package org.aand.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * A bank of items {@code [M, C]} in a graph, in blocks, so that the products of all locations with
 * one of them stay small, whatever M.
 */
final class MemoryBank {
  /** Items of a block at most. */
  static final int BLOCK = 2048;

  private final Graph graph;
  private final String name;
  private final int channels;
  private final List<String> blocks;
  private final List<String> halfSquares;

  /** The bank of a parameter. */
  MemoryBank(Graph graph, String name, int items, int channels) {
    this.graph = graph;
    this.name = name;
    this.channels = channels;
    var tensors = graph.layer(Layer.bank(name, items, channels, BLOCK));
    blocks = tensors.subList(0, tensors.size() / 2);
    halfSquares = tensors.subList(tensors.size() / 2, tensors.size());
  }

  /** The distance of rows {@code [R, C]} to the nearest item, {@code [R, 1]}. */
  String nearest(String rows) {
    var squares = new ArrayList<String>();
    for (int i = 0; i < blocks.size(); i++) {
      var nearest = greatest("nearest_item", products(rows, i));
      squares.add(
          squaredDistances(graph.add("Gather", "item", List.of(blocks.get(i), nearest)), rows));
    }
    var least = squares.size() == 1 ? squares.get(0) : graph.add("Min", "least_square", squares);
    return graph.add("Sqrt", "nearest_distance", List.of(least));
  }

  /** The items that are nearest to few rows {@code [N, C]}, {@code [N, C]}. */
  String nearestItems(String rows) {
    return graph.add(
        "Gather", "nearest_items", List.of(all(), greatest("nearest", products(rows))));
  }

  /**
   * The distances of few rows to the items around others.
   *
   * @param rows {@code [N, C]}
   * @param others {@code [N, C]}
   * @param neighbours k
   * @return {@code [N, k]}
   */
  String distancesAround(String rows, String others, int neighbours) {
    var places = graph.placesOfGreatest("neighbours", products(others), neighbours);
    var items = graph.add("Gather", "neighbouring_items", List.of(all(), places));
    var shape = graph.constant("one_row_of_" + channels, -1, 1, channels);
    var apart = graph.add("Reshape", "row_of_image", List.of(rows, shape));
    var squares = squaredDistances(items, apart);
    var flat = graph.constant(name + "_neighbours", -1, neighbours);
    var joint = graph.add("Reshape", "neighbouring_squares", List.of(squares, flat));
    return graph.add("Sqrt", "neighbouring_distances", List.of(joint));
  }

  /** {@code [..., C]} to {@code [..., 1]}. */
  private String squaredDistances(String items, String rows) {
    var difference = graph.add("Sub", "difference", List.of(items, rows));
    var squares = graph.add("Mul", "squares", List.of(difference, difference));
    return graph.add(
        "ReduceSum",
        "squared_distance",
        List.of(squares, graph.constant("last_axis", -1)),
        Attributes.of("keepdims", 1));
  }

  private String greatest(String place, String products) {
    return graph.add(
        "ArgMax", place, List.of(products), Attributes.of("axis", 1), Attributes.of("keepdims", 0));
  }

  /** {@code x m - |m|^2 / 2}, the greater, the nearer the item. */
  private String products(String rows, int block) {
    return graph.add(
        "Gemm",
        "products",
        List.of(rows, blocks.get(block), halfSquares.get(block)),
        Attributes.of("transB", 1));
  }

  private String products(String rows) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < blocks.size(); i++) {
      parts.add(products(rows, i));
    }
    return parts.size() == 1
        ? parts.get(0)
        : graph.add("Concat", "all_products", parts, Attributes.of("axis", 1));
  }

  private String all() {
    return blocks.size() == 1
        ? blocks.get(0)
        : graph.add("Concat", "all_items", blocks, Attributes.of("axis", 0));
  }
}
