package org.aand.network.discriminator;

import java.util.ArrayList;
import java.util.List;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Activation;
import org.aand.nn.ConvNorm;
import org.aand.nn.Convolution;
import org.aand.nn.Elementwise;
import org.aand.nn.Initializer;
import org.aand.nn.NetGraph;
import org.aand.nn.ParameterSpec;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Tells normal features from the same with noise: a linear adaptor, one hidden layer with batch
 * normalisation, a score.
 *
 * <ul>
 *   <li>patch features: {@code [N, S/8, S/8, C]}, see {@link PatchFeatures}
 *   <li>adapted: the same shape
 *   <li>score: {@code [N, S/8, S/8, 1]}, trained to be above the margin on normal features and
 *       below minus the margin on noisy ones
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>Z. Liu et al. SimpleNet: a simple network for image anomaly detection and localization.
 *       CVPR 2023.
 * </ol>
 *
 * @param channels C
 * @param hidden width of the hidden layer
 */
public record Discriminator(int channels, int hidden) {
  /** The margin of the score, SimpleNet's truncation threshold. */
  public static final double MARGIN = 0.5;

  /** Width of the hidden layer in SimpleNet. */
  public static final int HIDDEN = 1024;

  private static final double SLOPE = 0.2;
  private static final String ADAPTOR = "discriminator_adaptor";
  private static final String SCORE = "discriminator_score/kernel";

  /** The discriminator of a backbone's patch features. */
  public static Discriminator of(Backbone backbone) {
    return new Discriminator(PatchFeatures.channels(backbone), HIDDEN);
  }

  private ConvNorm hiddenLayer() {
    return ConvNorm.plain(
        "discriminator_hidden_conv", "discriminator_hidden_bn", channels, hidden, 1, 1);
  }

  /** All parameters, running statistics included. */
  public List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    all.add(kernel(ADAPTOR + "/kernel", channels, channels));
    all.add(
        new ParameterSpec(
            ADAPTOR + "/bias", List.of((long) channels), new Initializer.Constant(0), true));
    all.addAll(hiddenLayer().parameters());
    all.add(kernel(SCORE, hidden, 1));
    return all;
  }

  /** A 1x1 kernel with Glorot and Bengio's normal initialisation. */
  private static ParameterSpec kernel(String name, long in, long out) {
    return new ParameterSpec(
        name, List.of(1L, 1L, in, out), new Initializer.Normal(Math.sqrt(2.0 / (in + out))), true);
  }

  /** Whether a parameter belongs to the adaptor. */
  public static boolean ofAdaptor(String parameter) {
    return parameter.startsWith(ADAPTOR + "/");
  }

  /** Adds the adaptor. */
  public SDVariable adapt(NetGraph net, SDVariable features) {
    return Convolution.of(
        features,
        net.parameter(ADAPTOR + "/kernel"),
        net.parameter(ADAPTOR + "/bias"),
        1,
        Activation.NONE);
  }

  /** Adds the score of adapted features. */
  public SDVariable score(NetGraph net, SDVariable adapted) {
    var normalised = net.convNorm(adapted, hiddenLayer(), Activation.NONE);
    return Convolution.of(Elementwise.leakyRelu(normalised, SLOPE), net.parameter(SCORE), 1);
  }

  /**
   * Adds the anomaly score of a backbone's levels: what its score lacks to the margin, about 0
   * where normal and about 1 where noisy.
   */
  public SDVariable anomaly(NetGraph net, List<SDVariable> levels) {
    return MarginDeficit.of(score(net, adapt(net, PatchFeatures.of(levels))), MARGIN);
  }
}
