package org.aand.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.aand.common.file.FloatStream;
import org.aand.model.ParameterSink;
import org.aand.network.ParameterSpec;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.nd4j.shade.protobuf.WireFormat;

/**
 * Writes a model to a stream while its parameters come in, layer by layer, so that no more than one
 * layer is in memory. The sizes of all initializers are known before, and with them the length of
 * the graph, which stands in front of it.
 */
final class ModelWriter implements ParameterSink {
  private final Map<String, Layer> byParameter = new HashMap<>();
  private final Map<String, float[]> waiting = new HashMap<>();
  private final Set<Layer> missing = new HashSet<>();
  private final OutputStream stream;
  private final CodedOutputStream out;
  private final ModelProto tail;

  /**
   * Writes what comes before the parameters.
   *
   * @param head fields before the graph
   * @param tail fields after it
   * @param stream closed by the caller
   */
  ModelWriter(ModelProto head, Graph.Needed graph, ModelProto tail, OutputStream stream)
      throws IOException {
    this.stream = stream;
    this.tail = tail;
    out = CodedOutputStream.newInstance(stream);
    for (var layer : graph.layers()) {
      missing.add(layer);
      layer.parameters().forEach(name -> byParameter.put(name, layer));
    }
    head.writeTo(out);
    out.writeTag(ModelProto.GRAPH_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(Math.toIntExact(length(graph)));
    graph.skeleton().writeTo(out);
  }

  /** Bytes of a graph with its initializers. */
  static long length(Graph.Needed graph) {
    long length = graph.skeleton().getSerializedSize();
    for (var layer : graph.layers()) {
      for (var tensor : layer.tensors()) {
        length += field(GraphProto.INITIALIZER_FIELD_NUMBER, length(tensor));
      }
    }
    return length;
  }

  private static long length(Layer.Tensor tensor) {
    return head(tensor).getSerializedSize()
        + field(TensorProto.RAW_DATA_FIELD_NUMBER, bytes(tensor));
  }

  private static long bytes(Layer.Tensor tensor) {
    return Math.multiplyExact(tensor.length(), (long) Float.BYTES);
  }

  /** Bytes of a field of so many bytes with its tag and length. */
  private static long field(int number, long content) {
    return CodedOutputStream.computeTagSize(number)
        + CodedOutputStream.computeUInt64SizeNoTag(content)
        + content;
  }

  private static TensorProto head(Layer.Tensor tensor) {
    return TensorProto.newBuilder()
        .setName(tensor.name())
        .addAllDims(tensor.shape())
        .setDataType(TensorProto.DataType.FLOAT.getNumber())
        .build();
  }

  /**
   * Takes a parameter; one that the graph does not use is passed over.
   *
   * @throws UncheckedIOException if the stream does not take it
   */
  @Override
  public void accept(ParameterSpec spec, float[] values) {
    var layer = byParameter.get(spec.name());
    if (layer == null) {
      return;
    }
    waiting.put(spec.name(), values);
    if (waiting.keySet().containsAll(layer.parameters())) {
      var tensors = layer.values().apply(waiting);
      layer.parameters().forEach(waiting::remove);
      missing.remove(layer);
      try {
        write(layer.tensors(), tensors);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void write(List<Layer.Tensor> tensors, List<float[]> values) throws IOException {
    for (int i = 0; i < tensors.size(); i++) {
      var tensor = tensors.get(i);
      if (values.get(i).length != tensor.length()) {
        throw new IllegalStateException(
            values.get(i).length + " values for " + tensor.name() + " " + tensor.shape());
      }
      out.writeTag(GraphProto.INITIALIZER_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(Math.toIntExact(length(tensor)));
      head(tensor).writeTo(out);
      out.writeTag(TensorProto.RAW_DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(Math.toIntExact(bytes(tensor)));
      out.flush();
      FloatStream.write(values.get(i), stream);
    }
  }

  /**
   * Writes what comes after the parameters.
   *
   * @throws IllegalStateException if one is missing
   */
  void finish() throws IOException {
    if (!missing.isEmpty()) {
      throw new IllegalStateException("parameters of " + missing.size() + " layers are missing");
    }
    tail.writeTo(out);
    out.flush();
  }
}
