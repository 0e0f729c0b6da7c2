package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.aand.loss.AmplificationLoss;
import org.aand.loss.FocalLoss;
import org.aand.loss.RowSelection;
import org.aand.network.raa.ResidualAmplification;
import org.aand.nn.HostValues;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.Sum;
import org.aand.nn.WeightedSum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training graph of stage 1: the RAA modules over frozen features of synthetic anomalies.
 *
 * <p>Total loss: focal loss of the gates plus a weight times the amplification loss, each summed
 * over the levels. With the ground-truth gate the generator's gradient comes from the sampled
 * anomalous locations alone, so it is computed there alone. A part that the modules do not have
 * (gate or residual) has no loss.
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
   * @param focal of the gates, 0 without
   * @param amplification of the generators, 0 without
   * @param total focal plus weighted amplification
   */
  public record Losses(double focal, double amplification, double total) {}

  private final DataType type;
  private final List<String> levels;
  private final Optional<SDVariable> focal;
  private final Optional<SDVariable> amplification;
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
      if (module.gated()) {
        focals.add(FocalLoss.of(module.gate(net, x), net.input("mask_" + level), options.focal()));
      }
      if (module.generates()) {
        amplifications.add(amplification(module, x, options.margin()));
      }
    }
    var parts = new ArrayList<SDVariable>();
    var weights = new ArrayList<Double>();
    focal = part(focals, 1, parts, weights);
    amplification = part(amplifications, options.amplificationWeight(), parts, weights);
    total = WeightedSum.of(parts, weights.stream().mapToDouble(Double::doubleValue).toArray());
    minimise(total, parts);
    levels = modules.stream().map(ResidualAmplification::level).toList();
  }

  private SDVariable amplification(ResidualAmplification module, SDVariable x, double margin) {
    var net = net();
    var level = module.level();
    var normal = RowSelection.of(x, net.input("normal_" + level));
    var frozen = RowSelection.of(x, net.input("anomalous_" + level));
    return AmplificationLoss.of(
        normal,
        frozen,
        Sum.of(frozen, module.generated(net, frozen)),
        net.input("normal_weights_" + level),
        net.input("anomalous_weights_" + level),
        margin);
  }

  /** The sum over the levels as a part of the total; empty if no module has this part. */
  private static Optional<SDVariable> part(
      List<SDVariable> losses, double weight, List<SDVariable> parts, List<Double> weights) {
    if (losses.isEmpty()) {
      return Optional.empty();
    }
    var sum = WeightedSum.of(losses);
    parts.add(sum);
    weights.add(weight);
    return Optional.of(sum);
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
    return new Losses(value(focal, outputs), value(amplification, outputs), outputs.scalar(total));
  }

  private static double value(Optional<SDVariable> part, Outputs outputs) {
    return part.map(outputs::scalar).orElse(0.0);
  }
}
