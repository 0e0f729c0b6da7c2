package org.aand.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * An ONNX graph that grows node by node. Small constants are in it; of the network's parameters it
 * knows which initializers they become, so that their values need not be in memory.
 */
final class Graph {
  /** What the first dimension of inputs and outputs is called: any number of images. */
  static final String BATCH = "N";

  private final List<NodeProto> nodes = new ArrayList<>();
  private final Map<String, TensorProto> constants = new LinkedHashMap<>();
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();

  /**
   * Adds a node of one output.
   *
   * @param operator of the standard set
   * @param name of node and output; a number is appended where it is taken
   * @return the output's name
   */
  String add(String operator, String name, List<String> inputs, AttributeProto... attributes) {
    var unique = unique(name);
    nodes.add(
        node(operator, unique, inputs)
            .addOutput(unique)
            .addAllAttribute(Arrays.asList(attributes))
            .build());
    return unique;
  }

  /** Adds the greatest values along the last axis, in descending order; their name. */
  String greatest(String name, String x, int count) {
    return addGreatest(name, x, count).getOutput(0);
  }

  /** Adds the places of the greatest values along the last axis; their name. */
  String placesOfGreatest(String name, String x, int count) {
    return addGreatest(name, x, count).getOutput(1);
  }

  private NodeProto addGreatest(String name, String x, int count) {
    var unique = unique(name);
    var inputs = List.of(x, constant(unique + "_count", count));
    var node = node("TopK", unique, inputs).addOutput(unique).addOutput(unique + "_places").build();
    nodes.add(node);
    return node;
  }

  private String unique(String name) {
    int count = names.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + "_" + count;
  }

  private static NodeProto.Builder node(String operator, String name, List<String> inputs) {
    return NodeProto.newBuilder().setOpType(operator).setName(name).addAllInput(inputs);
  }

  /** Adds a constant, if it is not there yet; its name. */
  String constant(String name, double[] values, long... shape) {
    var buffer = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      buffer.putFloat((float) value);
    }
    return constant(name, TensorProto.DataType.FLOAT, buffer, shape);
  }

  /** Adds a list of whole numbers, if it is not there yet; its name. */
  String constant(String name, long... values) {
    var buffer = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      buffer.putLong(value);
    }
    return constant(name, TensorProto.DataType.INT64, buffer, values.length);
  }

  private String constant(
      String name, TensorProto.DataType type, ByteBuffer values, long... shape) {
    constants.putIfAbsent(
        name,
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .addAllDims(Arrays.stream(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(values.flip()))
            .build());
    return name;
  }

  /** Adds the initializers of a layer, if they are not there yet; their names. */
  List<String> layer(Layer layer) {
    layers.putIfAbsent(layer.parameters().get(0), layer);
    return layer.tensors().stream().map(Layer.Tensor::name).toList();
  }

  /** Declares an input of float32, {@code [N, ...]}. */
  void input(String name, long... shape) {
    inputs.add(information(name, TensorProto.DataType.FLOAT, shape));
  }

  /** Declares an output, {@code [N, ...]}. */
  void output(String name, TensorProto.DataType type, long... shape) {
    outputs.add(information(name, type, shape));
  }

  private static ValueInfoProto information(String name, TensorProto.DataType type, long... shape) {
    var dimensions = TensorShapeProto.newBuilder();
    dimensions.addDimBuilder().setDimParam(BATCH);
    for (long length : shape) {
      dimensions.addDimBuilder().setDimValue(length);
    }
    var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(dimensions);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /**
   * A graph of what the outputs depend on.
   *
   * @param skeleton all but the initializers of the layers
   * @param layers whose initializers it needs
   */
  record Needed(GraphProto skeleton, List<Layer> layers) {}

  /** Leaves out what no output depends on. */
  Needed needed(String name) {
    var needed = new HashSet<String>();
    outputs.forEach(output -> needed.add(output.getName()));
    var kept = new ArrayList<NodeProto>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      var node = nodes.get(i);
      if (node.getOutputList().stream().anyMatch(needed::contains)) {
        needed.addAll(node.getInputList());
        kept.add(node);
      }
    }
    Collections.reverse(kept);
    var skeleton =
        GraphProto.newBuilder()
            .setName(name)
            .addAllNode(kept)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllInitializer(
                constants.values().stream().filter(c -> needed.contains(c.getName())).toList())
            .build();
    return new Needed(
        skeleton,
        layers.values().stream()
            .filter(layer -> needed.contains(layer.tensors().get(0).name()))
            .toList());
  }
}
