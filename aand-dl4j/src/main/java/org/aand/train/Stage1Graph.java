package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.aand.loss.AmplificationLoss;
import org.aand.loss.FocalLoss;
import org.aand.loss.RowSelection;
import org.aand.nn.HostValues;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.Sum;
import org.aand.nn.WeightedSum;
import org.aand.raa.GatedScaling;
import org.aand.raa.ResidualAmplification;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The training graph of stage 1: the RAA modules over frozen features of synthetic anomalies.
 *
 * <p>Total loss: focal loss of the gates plus a weight times the amplification loss, each summed
 * over the levels. With the ground-truth gate the generator's gradient comes from the sampled
 * anomalous locations alone, so it is computed there alone.
 */
public final class Stage1Graph extends TrainingGraph {
  /**
   * The constants of stage 1.
   *
   * @param focal of the gate's loss
   * @param margin by which an anomalous feature is to become less similar
   * @param amplificationWeight of the amplification loss in the total
   * @param maxNormal normal locations taken a batch and level
   * @param maxAnomalous anomalous locations taken a batch and level
   */
  public record Options(
      FocalLoss.Options focal,
      double margin,
      double amplificationWeight,
      int maxNormal,
      int maxAnomalous) {
    /** The released code's values. */
    public Options() {
      this(new FocalLoss.Options(), 0.3, 0.1, 5000, 1000);
    }

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public Options {
      if (!(amplificationWeight >= 0) || maxNormal < 1 || maxAnomalous < 1) {
        throw new IllegalArgumentException("stage 1: weight >= 0, at least one location of a kind");
      }
    }
  }

  /**
   * The losses of a batch, summed over the levels.
   *
   * @param focal of the gates
   * @param amplification of the generators
   * @param total focal plus weighted amplification
   */
  public record Losses(double focal, double amplification, double total) {}

  private final DataType type;
  private final List<String> levels;
  private final SDVariable focal;
  private final SDVariable amplification;
  private final SDVariable total;

  /**
   * @param parameters of the modules; updated in place, stay the caller's
   */
  public Stage1Graph(
      List<ResidualAmplification> modules, Parameters parameters, Options options, DataType type) {
    super(parameters, type);
    this.type = type;
    var net = net();
    var focals = new ArrayList<SDVariable>();
    var amplifications = new ArrayList<SDVariable>();
    for (var module : modules) {
      var level = module.level();
      var x = net.input("features_" + level);
      focals.add(FocalLoss.of(module.gate(net, x), net.input("mask_" + level), options.focal()));
      var normal = RowSelection.of(x, net.input("normal_" + level));
      var frozen = RowSelection.of(x, net.input("anomalous_" + level));
      var open = net.input("open_" + level);
      var amplified = Sum.of(frozen, GatedScaling.of(frozen, module.scale(net, frozen), open));
      amplifications.add(
          AmplificationLoss.of(
              normal,
              frozen,
              amplified,
              net.input("normal_weights_" + level),
              net.input("anomalous_weights_" + level),
              options.margin()));
    }
    focal = WeightedSum.of(focals);
    amplification = WeightedSum.of(amplifications);
    total = WeightedSum.of(List.of(focal, amplification), 1, options.amplificationWeight());
    minimise(total, List.of(focal, amplification));
    levels = modules.stream().map(ResidualAmplification::level).toList();
  }

  /**
   * Losses and gradients of a batch.
   *
   * @param features frozen, one map a level
   * @param samples the levels' locations
   */
  public Outputs compute(List<INDArray> features, List<LevelSample> samples) {
    var ours = new HashMap<String, INDArray>();
    var feeds = new HashMap<String, INDArray>();
    for (int i = 0; i < levels.size(); i++) {
      var level = levels.get(i);
      var sample = samples.get(i);
      int n = sample.normal().length;
      int m = sample.anomalous().length;
      feeds.put("features_" + level, features.get(i));
      ours.put("mask_" + level, HostValues.array(sample.mask(), type, sample.mask().length, 1));
      ours.put("normal_" + level, HostValues.array(sample.normal(), type, n));
      ours.put("anomalous_" + level, HostValues.array(sample.anomalous(), type, m));
      ours.put("normal_weights_" + level, HostValues.array(sample.normalWeights(), type, n, 1));
      ours.put(
          "anomalous_weights_" + level, HostValues.array(sample.anomalousWeights(), type, 1, m));
      ours.put("open_" + level, Nd4j.ones(type, m, 1));
    }
    feeds.putAll(ours);
    try {
      return step().compute(feeds);
    } finally {
      ours.values().forEach(INDArray::close);
    }
  }

  /** The losses in what {@link #compute} gave. */
  public Losses losses(Outputs outputs) {
    return new Losses(outputs.scalar(focal), outputs.scalar(amplification), outputs.scalar(total));
  }
}
