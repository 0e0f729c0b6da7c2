package org.aand.network.discriminator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.network.Activation;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.Initializer;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.network.teacher.Backbone;

/**
 * Tells normal features from the same with noise: a linear adaptor, one hidden layer with batch
 * normalisation, a score.
 *
 * <p>With pooled patches it is SimpleNet as its released code has it, whose score is minus this
 * one's; {@link #anomaly} adds the margin to that. Without, patches are averaged as its paper says
 * in words: the SimpleNet-style alternative of this project's Table VI.
 *
 * <ul>
 *   <li>patch features: {@code [N, S/8, S/8, C]}, see {@link PatchPooling} and {@link
 *       PatchFeatures}
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
 * @param pooling of the patches; where absent they are averaged
 */
public record Discriminator(int channels, int hidden, Optional<PatchPooling> pooling) {
  /** The margin of the score, SimpleNet's truncation threshold. */
  public static final double MARGIN = 0.5;

  /** Width of the hidden layer in SimpleNet. */
  public static final int HIDDEN = 1024;

  private static final double SLOPE = 0.2;
  private static final String ADAPTOR = "discriminator_adaptor";
  private static final String SCORE = "discriminator_score";

  /** A discriminator of averaged patches. */
  public Discriminator(int channels, int hidden) {
    this(channels, hidden, Optional.empty());
  }

  /** The discriminator of a backbone's averaged patches. */
  public static Discriminator of(Backbone backbone) {
    return new Discriminator(PatchFeatures.channels(backbone), HIDDEN);
  }

  /**
   * SimpleNet for a backbone.
   *
   * @param hidden width of the hidden layer, in SimpleNet {@value #HIDDEN}
   */
  public static Discriminator simpleNet(Backbone backbone, int hidden) {
    var pooling = PatchPooling.of(backbone);
    return new Discriminator(pooling.width(), hidden, Optional.of(pooling));
  }

  private ConvNorm hiddenLayer() {
    return ConvNorm.plain(
        "discriminator_hidden_conv", "discriminator_hidden_bn", channels, hidden, 1, 1);
  }

  /** All parameters, running statistics included. */
  public List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    all.add(kernel(adaptor()));
    all.add(
        new ParameterSpec(
            adaptor().biasName(), List.of((long) channels), new Initializer.Constant(0), true));
    all.addAll(hiddenLayer().parameters());
    all.add(kernel(scoreLayer()));
    pooling.ifPresent(patches -> all.addAll(patches.parameters()));
    return all;
  }

  /** A 1x1 kernel with Glorot and Bengio's normal initialisation. */
  private static ParameterSpec kernel(ConvLayer layer) {
    return new ParameterSpec(
        layer.kernelName(),
        List.of(1L, 1L, (long) layer.in(), (long) layer.out()),
        new Initializer.Normal(Math.sqrt(2.0 / (layer.in() + layer.out()))),
        true);
  }

  /** Whether a parameter belongs to the adaptor. */
  public static boolean ofAdaptor(String parameter) {
    return parameter.startsWith(ADAPTOR + "/");
  }

  private ConvLayer adaptor() {
    return new ConvLayer(ADAPTOR, channels, channels, 1, true);
  }

  private ConvLayer scoreLayer() {
    return new ConvLayer(SCORE, hidden, 1, 1, false);
  }

  /** Adds the patch features to a backbone's levels. */
  public <T> T patches(Net<T> net, List<T> levels) {
    return pooling
        .map(patches -> patches.build(net, levels))
        .orElseGet(() -> PatchFeatures.of(net, levels));
  }

  /** Adds the adaptor. */
  public <T> T adapt(Net<T> net, T features) {
    return net.convolution(features, adaptor(), Activation.NONE);
  }

  /** Adds the score of adapted features. */
  public <T> T score(Net<T> net, T adapted) {
    var normalised = net.convNorm(adapted, hiddenLayer(), Activation.NONE);
    return net.convolution(net.leakyRelu(normalised, SLOPE), scoreLayer(), Activation.NONE);
  }

  /**
   * Adds the anomaly score of a backbone's levels: what its score lacks to the margin, about 0
   * where normal and about 1 where noisy.
   */
  public <T> T anomaly(Net<T> net, List<T> levels) {
    return net.marginDeficit(score(net, adapt(net, patches(net, levels))), MARGIN);
  }
}
