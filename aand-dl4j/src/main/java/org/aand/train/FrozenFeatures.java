package org.aand.train;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.nn.NetGraph;
import org.aand.nn.Parameters;
import org.aand.nn.Program;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A teacher in use: from images to the features of its levels, or to what is made of them. */
final class FrozenFeatures implements AutoCloseable {
  private final NetGraph net;
  private final List<SDVariable> features;
  private final Program program;

  FrozenFeatures(AmplifiedTeacher teacher, Parameters parameters) {
    this(teacher, parameters, (net, levels) -> levels);
  }

  /**
   * @param further what is made of the levels
   */
  FrozenFeatures(
      AmplifiedTeacher teacher,
      Parameters parameters,
      BiFunction<NetGraph, List<SDVariable>, List<SDVariable>> further) {
    net = new NetGraph(parameters, NetGraph.Form.INFERENCE, DataType.FLOAT);
    features = further.apply(net, teacher.build(net, net.input("images")));
    program = net.program(features);
  }

  /**
   * The maps of a batch, valid until the next call.
   *
   * @param images {@code [N, S, S, 3]}, normalised
   */
  List<INDArray> of(INDArray images) {
    var outputs = program.run(Map.of("images", images));
    return features.stream().map(outputs::get).toList();
  }

  @Override
  public void close() {
    program.close();
    net.close();
  }
}
