package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aand.loss.DistillationLoss;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.nn.NetGraph;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.WeightedSum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training graph of stage 2: the student over frozen (amplified) features of normal images.
 *
 * <p>Loss, summed over the levels: the hard part plus the global part; the global part alone is
 * RD's loss.
 */
public final class Stage2Graph extends TrainingGraph {
  /**
   * The constants of stage 2.
   *
   * @param hardest how many locations of an image and level count as hard
   * @param hardWeight weight of the hard part; 0 gives RD's loss
   */
  public record Options(int hardest, double hardWeight) {
    /** The released code's values. */
    public Options() {
      this(10, 1);
    }

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public Options {
      if (hardest < 1 || !(hardWeight >= 0)) {
        throw new IllegalArgumentException("stage 2: at least one hardest location, weight >= 0");
      }
    }

    /** RD's loss: the global part alone. */
    public static Options reverseDistillation() {
      return new Options(10, 0);
    }
  }

  /**
   * The losses of a batch, summed over the levels.
   *
   * @param hard over the hardest locations
   * @param global over whole maps
   * @param total weighted hard plus global
   */
  public record Losses(double hard, double global, double total) {}

  private final SDVariable hard;
  private final SDVariable global;
  private final SDVariable total;

  /**
   * @param parameters of the student; updated in place, stay the caller's
   */
  public Stage2Graph(Student student, Parameters parameters, Options options, DataType type) {
    super(parameters, type);
    var parts = parts(net(), student, options);
    hard = WeightedSum.of(parts.stream().map(DistillationLoss.Parts::hard).toList());
    var globals = parts.stream().map(DistillationLoss.Parts::global).toList();
    global = WeightedSum.of(globals);
    total =
        options.hardWeight() == 0
            ? WeightedSum.of(globals)
            : WeightedSum.of(List.of(hard, global), options.hardWeight(), 1);
    minimise(total, List.of(hard, global));
  }

  /** Adds the student and its losses of each level. */
  private static List<DistillationLoss.Parts> parts(
      NetGraph net, Student student, Options options) {
    var features = IntStream.range(0, Backbone.LEVELS).mapToObj(i -> net.input(input(i))).toList();
    var reconstructions = student.build(net, features);
    return IntStream.range(0, features.size())
        .mapToObj(
            i -> DistillationLoss.of(features.get(i), reconstructions.get(i), options.hardest()))
        .toList();
  }

  /** Adds the student and its total loss, to be computed alone. */
  static SDVariable loss(NetGraph net, Student student, Options options) {
    var terms = new ArrayList<SDVariable>();
    double[] weights = new double[2 * Backbone.LEVELS];
    for (var parts : parts(net, student, options)) {
      weights[terms.size()] = options.hardWeight();
      terms.add(parts.hard());
      weights[terms.size()] = 1;
      terms.add(parts.global());
    }
    return WeightedSum.of(terms, weights);
  }

  /** The input of a level's features. */
  static String input(int level) {
    return "features_" + level;
  }

  /** Features, one map a level, by the names of their inputs. */
  static Map<String, INDArray> feeds(List<INDArray> features) {
    var feeds = new HashMap<String, INDArray>();
    for (int i = 0; i < features.size(); i++) {
      feeds.put(input(i), features.get(i));
    }
    return feeds;
  }

  /**
   * Losses and gradients of a batch.
   *
   * @param features one map a level
   */
  public Outputs compute(List<INDArray> features) {
    return step().compute(feeds(features));
  }

  /** The losses in what {@link #compute} gave. */
  public Losses losses(Outputs outputs) {
    return new Losses(outputs.scalar(hard), outputs.scalar(global), outputs.scalar(total));
  }
}
