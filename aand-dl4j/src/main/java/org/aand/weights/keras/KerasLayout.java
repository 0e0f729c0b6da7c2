package org.aand.weights.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out in which of Keras' layouts a file is, and where in it which tensor lies. */
final class KerasLayout {
  /**
   * A tensor in a file.
   *
   * @param layer the layer's name
   * @param variable its name without the {@code :0} that TensorFlow appends
   * @param path of its dataset
   */
  record Entry(String layer, String variable, String path) {}

  /** How many nested models deep Keras 3's layout is searched. */
  private static final int MAX_DEPTH = 8;

  private static final int MAX_LAYERS = 10_000;

  private final Hdf5Input input;
  private final List<Entry> entries = new ArrayList<>();
  private int layersSeen;

  private KerasLayout(Hdf5Input input) {
    this.input = input;
  }

  /**
   * Every tensor of a file.
   *
   * @throws Hdf5Exception if it is in none of the layouts
   */
  static List<Entry> entries(Hdf5Input input) throws Hdf5Exception {
    var layout = new KerasLayout(input);
    for (var root : List.of("/", "/model_weights")) {
      if (input.hasGroup(root)) {
        var layers = layout.list(root, "layer_names");
        if (layers.isPresent()) {
          layout.legacy(root.equals("/") ? "" : root, layers.get());
          return layout.entries;
        }
      }
    }
    if (!input.hasGroup("/layers")) {
      throw new Hdf5Exception(
          "it holds no Keras weights (neither an attribute layer_names nor a group layers)");
    }
    layout.keras3("/layers", 0);
    return layout.entries;
  }

  private void legacy(String root, List<String> layers) throws Hdf5Exception {
    for (var layer : layers) {
      var group = root + "/" + layer;
      if (!input.hasGroup(group)) {
        throw new Hdf5Exception("layer " + layer + " is listed in layer_names but is not there");
      }
      var names = list(group, "weight_names").orElse(List.of());
      boolean nested = names.stream().map(KerasLayout::parent).distinct().count() > 1;
      for (var name : names) {
        var path = group + "/" + name;
        if (!input.hasDataset(path)) {
          throw new Hdf5Exception(
              "weight " + name + " of layer " + layer + " is listed but is not there");
        }
        entries.add(
            new Entry(nested ? last(parent(name)) : layer, last(name).split(":", 2)[0], path));
      }
    }
  }

  /** A list of names, which Keras cuts into {@code name0, name1, ...} when it is long. */
  private Optional<List<String>> list(String path, String attribute) throws Hdf5Exception {
    var whole = input.texts(path, attribute);
    if (whole.isPresent()) {
      return whole;
    }
    var parts = new ArrayList<List<String>>();
    for (var part = input.texts(path, attribute + 0);
        part.isPresent();
        part = input.texts(path, attribute + parts.size())) {
      parts.add(part.get());
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(parts.stream().flatMap(List::stream).collect(Collectors.toList()));
  }

  private void keras3(String layers, int depth) throws Hdf5Exception {
    for (var child : input.children(layers)) {
      var group = layers + "/" + child;
      if (!input.hasGroup(group)) {
        continue;
      }
      if (++layersSeen > MAX_LAYERS) {
        throw new Hdf5Exception("it has more than " + MAX_LAYERS + " layers");
      }
      if (input.hasGroup(group + "/vars")) {
        keras3Layer(group, child);
      }
      if (input.hasGroup(group + "/layers") && depth < MAX_DEPTH) {
        keras3(group + "/layers", depth + 1);
      }
    }
  }

  private void keras3Layer(String group, String child) throws Hdf5Exception {
    var vars = group + "/vars";
    var layer =
        input
            .texts(vars, "name")
            .filter(texts -> texts.size() == 1)
            .map(texts -> texts.get(0))
            .orElse(child);
    var shapes = new ArrayList<int[]>();
    while (input.hasDataset(vars + "/" + shapes.size())) {
      shapes.add(input.shape(vars + "/" + shapes.size()));
    }
    var names = variables(shapes);
    for (int i = 0; i < names.size(); i++) {
      entries.add(new Entry(layer, names.get(i), vars + "/" + i));
    }
  }

  /** Keras 3 numbers the variables of a layer: which they are shows in their shapes. */
  private static List<String> variables(List<int[]> shapes) {
    boolean vectors = shapes.stream().allMatch(shape -> shape.length == 1);
    if (vectors && shapes.size() == 4) {
      return List.of("gamma", "beta", "moving_mean", "moving_variance");
    }
    if (!vectors && shapes.size() <= 2 && shapes.get(0).length > 1) {
      return List.of("kernel", "bias").subList(0, shapes.size());
    }
    var numbers = new ArrayList<String>();
    for (int i = 0; i < shapes.size(); i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }

  private static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
