package org.aand.network.discriminator;

import java.util.List;
import org.aand.network.Activation;
import org.aand.network.ConvLayer;
import org.aand.network.Initializer;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.network.teacher.Backbone;

/**
 * A backbone's levels b and c as one map of patch features, as SimpleNet's released code makes it:
 * each location's 3x3 neighbourhood is one vector of 9 values a channel, pooled to P values; c is
 * enlarged bilinearly to b's size; both vectors, one behind the other, are pooled to P values
 * again, which leaves half of them to each level.
 *
 * <p>To pool n values to p is to average, for each of the p, those whose place lies in its p-th
 * part of the n, {@code floor(k n / p)} to {@code ceil((k + 1) n / p)} (adaptive average pooling).
 * All of it is linear and the same at every location, so a level's part is a 3x3 convolution with a
 * fixed kernel, which lies among the parameters but is not trained. Neighbours outside the map
 * count as zeros.
 *
 * <ul>
 *   <li>b: {@code [N, S/8, S/8, B]}; c: {@code [N, S/16, S/16, C]}
 *   <li>output: {@code [N, S/8, S/8, P]} with P = B + C; 1536 with the paper's backbone, as there
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>Z. Liu et al. SimpleNet: a simple network for image anomaly detection and localization.
 *       CVPR 2023.
 * </ol>
 *
 * @param channelsB B
 * @param channelsC C; B + C is even
 */
public record PatchPooling(int channelsB, int channelsC) {
  private static final int SIDE = 3;
  private static final int NEIGHBOURS = SIDE * SIDE;

  /**
   * @throws IllegalArgumentException if the width is odd, or a level has nothing
   */
  public PatchPooling {
    if (channelsB < 1 || channelsC < 1 || (channelsB + channelsC) % 2 != 0) {
      throw new IllegalArgumentException(
          "patches of " + channelsB + " and " + channelsC + " channels cannot be pooled");
    }
  }

  /** The pooling of a backbone's levels. */
  public static PatchPooling of(Backbone backbone) {
    return new PatchPooling(backbone.channels().get(1), backbone.channels().get(2));
  }

  /** The width of the map. */
  public int width() {
    return channelsB + channelsC;
  }

  private ConvLayer layer(String level, int channels) {
    return new ConvLayer("discriminator_patches_" + level, channels, width() / 2, SIDE, false);
  }

  private List<ConvLayer> layers() {
    return List.of(layer("b", channelsB), layer("c", channelsC));
  }

  /** The fixed kernels. */
  public List<ParameterSpec> parameters() {
    return layers().stream().map(this::kernel).toList();
  }

  private ParameterSpec kernel(ConvLayer layer) {
    long in = layer.in();
    long out = layer.out();
    return new ParameterSpec(
        layer.kernelName(),
        List.of((long) SIDE, (long) SIDE, in, out),
        new Initializer.Given(
            i ->
                weight(
                    layer.in(),
                    i / layer.out() % layer.in(),
                    i / layer.out() / layer.in(),
                    i % layer.out())),
        false);
  }

  /**
   * What a neighbour's channel counts in an output.
   *
   * @param channels of the level
   * @param neighbour of the nine, row by row
   */
  private double weight(int channels, int channel, int neighbour, int output) {
    long values = (long) NEIGHBOURS * channels;
    long value = (long) channel * NEIGHBOURS + neighbour;
    double sum = 0;
    // The second pooling averages two neighbouring values of the first.
    for (long k = 2L * output; k < 2L * output + 2; k++) {
      long from = k * values / width();
      long to = ((k + 1) * values + width() - 1) / width();
      if (value >= from && value < to) {
        sum += 0.5 / (to - from);
      }
    }
    return sum;
  }

  /** Adds the map to the backbone's levels. */
  public <T> T build(Net<T> net, List<T> levels) {
    var layers = layers();
    var b = net.convolution(levels.get(1), layers.get(0), Activation.NONE);
    var c = net.convolution(levels.get(2), layers.get(1), Activation.NONE);
    return net.concat(List.of(b, net.resample(c, PatchFeatures::enlarging, 2)));
  }
}
