package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.aand.loss.ContrastiveLoss;
import org.aand.network.teacher.Backbone;
import org.aand.nn.HostValues;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.WeightedSum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training graph of the contrastive alternative's stage 1: the whole teacher over synthetic
 * images, with the batch's statistics in its normalisation; the loss is summed over the levels.
 */
final class ContrastiveGraph extends TrainingGraph {
  private final DataType type;
  private final int levels;
  private final SDVariable total;

  /**
   * @param parameters of the backbone; updated in place, stay the caller's
   */
  ContrastiveGraph(Backbone backbone, Parameters parameters, DataType type) {
    super(parameters, type);
    this.type = type;
    var net = net();
    var features = backbone.build(net, net.input("images"));
    var losses = new ArrayList<SDVariable>();
    for (int i = 0; i < features.size(); i++) {
      losses.add(
          ContrastiveLoss.of(
              features.get(i), net.input("normal_" + i), net.input("anomalous_" + i)));
    }
    levels = features.size();
    total = WeightedSum.of(losses);
    minimise(total, List.of());
  }

  /**
   * Loss and gradients of a batch.
   *
   * @param images {@code [N, S, S, 3]}, normalised
   * @param samples the levels' locations
   */
  Outputs compute(INDArray images, List<LevelSample> samples) {
    var ours = new HashMap<String, INDArray>();
    for (int i = 0; i < levels; i++) {
      var sample = samples.get(i);
      int rows = sample.mask().length;
      ours.put("normal_" + i, weights(sample.normal(), sample.normalWeights(), rows));
      ours.put("anomalous_" + i, weights(sample.anomalous(), sample.anomalousWeights(), rows));
    }
    var feeds = new HashMap<>(ours);
    feeds.put("images", images);
    try {
      return step().compute(feeds);
    } finally {
      ours.values().forEach(INDArray::close);
    }
  }

  /** What every location counts, {@code [R, 1]}. */
  private INDArray weights(double[] indices, double[] weights, int rows) {
    double[] all = new double[rows];
    for (int i = 0; i < indices.length; i++) {
      all[(int) indices[i]] += weights[i];
    }
    return HostValues.array(all, type, rows, 1);
  }

  /** The loss in what {@link #compute} gave. */
  double loss(Outputs outputs) {
    return outputs.scalar(total);
  }
}
