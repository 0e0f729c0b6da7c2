package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.loss.DistillationLoss;
import org.aand.nn.NetGraph;
import org.aand.nn.Program;
import org.aand.nn.WeightedSum;
import org.aand.samediff.Model;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Stage 2's loss of a student as it is in use, with its running statistics. */
final class StudentLoss implements BatchLoss<Stage2Trainer.Batch> {
  private final NetGraph net;
  private final List<SDVariable> inputs;
  private final SDVariable total;
  private final Program program;

  /** Takes the parameters as they are now. */
  StudentLoss(Model model, Stage2Graph.Options options) {
    net = new NetGraph(model.parameters(), NetGraph.Form.INFERENCE, DataType.FLOAT);
    inputs =
        IntStream.range(0, model.levelSizes().size())
            .mapToObj(i -> net.input("features_" + i))
            .toList();
    total = total(inputs, model.student().build(net, inputs), options);
    program = net.program(List.of(total));
  }

  private static SDVariable total(
      List<SDVariable> teacher, List<SDVariable> student, Stage2Graph.Options options) {
    var terms = new ArrayList<SDVariable>();
    double[] weights = new double[2 * teacher.size()];
    for (int i = 0; i < teacher.size(); i++) {
      var parts = DistillationLoss.of(teacher.get(i), student.get(i), options.hardest());
      terms.add(parts.hard());
      weights[2 * i] = options.hardWeight();
      terms.add(parts.global());
      weights[2 * i + 1] = 1;
    }
    return WeightedSum.of(terms, weights);
  }

  @Override
  public double of(Stage2Trainer.Batch batch) {
    var feeds = new HashMap<String, INDArray>();
    for (int i = 0; i < inputs.size(); i++) {
      feeds.put(inputs.get(i).name(), batch.features().get(i));
    }
    return program.run(feeds).scalar(total);
  }

  @Override
  public void close() {
    program.close();
    net.close();
  }
}
