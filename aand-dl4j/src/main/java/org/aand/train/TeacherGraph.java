package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.aand.loss.DistillationLoss;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.WeightedSum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training graph of a small teacher that is to have a larger one's features.
 *
 * <p>Loss, summed over the levels: the mean over all locations of {@code 1 - cos} of both features,
 * and {@code 1 - cos} of whole maps, which also keeps the sizes of the features to each other.
 */
public final class TeacherGraph extends TrainingGraph {
  private final SDVariable local;
  private final SDVariable global;
  private final SDVariable total;

  /**
   * @param parameters of the backbone; updated in place, stay the caller's
   */
  public TeacherGraph(Backbone backbone, Parameters parameters, DataType type) {
    super(parameters, type);
    var features = backbone.build(net(), net().input("images"));
    var locals = new ArrayList<SDVariable>();
    var globals = new ArrayList<SDVariable>();
    for (int i = 0; i < features.size(); i++) {
      var parts = DistillationLoss.of(net().input(level(i)), features.get(i), Integer.MAX_VALUE);
      locals.add(parts.hard());
      globals.add(parts.global());
    }
    local = WeightedSum.of(locals);
    global = WeightedSum.of(globals);
    total = WeightedSum.of(List.of(local, global), 1, 1);
    minimise(total, List.of(local, global));
  }

  private static String level(int i) {
    return "features_" + i;
  }

  /**
   * Losses and gradients of a batch.
   *
   * @param images {@code [N, S, S, 3]}, normalised
   * @param features the larger teacher's of these images, one map a level
   */
  public Outputs compute(INDArray images, List<INDArray> features) {
    var feeds = new HashMap<String, INDArray>();
    feeds.put("images", images);
    for (int i = 0; i < features.size(); i++) {
      feeds.put(level(i), features.get(i));
    }
    return step().compute(feeds);
  }

  /** The mean {@code 1 - cos} over locations, summed over the levels, of the last batch. */
  public double local(Outputs outputs) {
    return outputs.scalar(local);
  }

  /** The loss of the last batch. */
  public double total(Outputs outputs) {
    return outputs.scalar(total);
  }
}
