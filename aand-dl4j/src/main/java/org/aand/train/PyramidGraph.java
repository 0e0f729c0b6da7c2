package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aand.loss.DistillationLoss;
import org.aand.network.student.PyramidStudent;
import org.aand.network.teacher.Backbone;
import org.aand.nn.NetGraph;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.WeightedSum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training graph of student-teacher feature pyramid matching: the student over normal images
 * whose teacher's features are known.
 *
 * <p>Loss, summed over the levels: the mean over all locations of {@code |t/|t| - s/|s||^2 / 2},
 * which is {@code 1 - cos(t, s)}; equations 1 to 4 of the paper with equal weights of the levels.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>G. Wang, S. Han, E. Ding, D. Huang. Student-teacher feature pyramid matching for anomaly
 *       detection. BMVC 2021.
 * </ol>
 */
public final class PyramidGraph extends TrainingGraph {
  private final SDVariable total;

  /**
   * @param parameters of the student; updated in place, stay the caller's
   */
  public PyramidGraph(PyramidStudent student, Parameters parameters, DataType type) {
    super(parameters, type);
    total = loss(net(), student);
    minimise(total, List.of());
  }

  /** Adds student and loss. */
  static SDVariable loss(NetGraph net, PyramidStudent student) {
    var features = student.build(net, net.input("images"));
    var losses = new ArrayList<SDVariable>();
    for (int i = 0; i < Backbone.LEVELS; i++) {
      var teacher = net.input(Stage2Graph.input(i));
      losses.add(DistillationLoss.of(teacher, features.get(i), Integer.MAX_VALUE).hard());
    }
    return WeightedSum.of(losses);
  }

  /** A batch by the names of the graph's inputs. */
  static Map<String, INDArray> feeds(INDArray images, List<INDArray> features) {
    var feeds = new HashMap<>(Stage2Graph.feeds(features));
    feeds.put("images", images);
    return feeds;
  }

  /**
   * Loss and gradients of a batch.
   *
   * @param images {@code [N, S, S, 3]}, normalised
   * @param features the teacher's of these images, one map a level
   */
  public Outputs compute(INDArray images, List<INDArray> features) {
    return step().compute(feeds(images, features));
  }

  /** The loss in what {@link #compute} gave. */
  public double loss(Outputs outputs) {
    return outputs.scalar(total);
  }
}
