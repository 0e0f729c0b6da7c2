package org.aand.network.raa;

import java.util.ArrayList;
import java.util.List;
import org.aand.network.Activation;
import org.aand.network.Initializer;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.Pointwise;

/**
 * One RAA module: a matching-guided residual gate and an attribute-scaling residual generator
 * beside one feature level.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}, R = N H W locations
 *   <li>gate: {@code [R, 1]}, the probability of being anomalous, by matching {@code q(x + PE)}
 *       against memory items
 *   <li>generated: {@code [N, H, W, C]}, {@code tanh(...) * x} or another {@link Residual}
 *   <li>residual: {@code gate * generated}; the amplified feature is {@code x + residual}
 * </ul>
 *
 * <p>Either part may be missing: without a gate the residual is the generated one everywhere;
 * without a residual there is the gate alone.
 *
 * <p>Source: section III of the paper; {@code RAR_single} of the released code.
 *
 * @param level a, b or c
 * @param channels C
 * @param hidden width of the two stacks of 1x1 convolutions
 * @param memoryItems per kind; so many normal ones, then so many anomalous ones
 * @param temperature of the softmax over the items
 * @param gate what decides on the residual's proportion
 * @param residual what the gate lets through
 */
public record ResidualAmplification(
    String level,
    int channels,
    int hidden,
    int memoryItems,
    double temperature,
    Gate gate,
    Residual residual) {
  /** Memory items of a kind in the released code. */
  public static final int MEMORY_ITEMS = 50;

  /** Softmax temperature in the released code. */
  public static final double TEMPERATURE = 0.2;

  /**
   * @throws IllegalArgumentException if there is neither gate nor residual
   */
  public ResidualAmplification {
    if (gate == Gate.NONE && residual == Residual.NONE) {
      throw new IllegalArgumentException("an RAA module has a gate or a residual");
    }
  }

  /** The paper's module. */
  public ResidualAmplification(
      String level, int channels, int hidden, int memoryItems, double temperature) {
    this(level, channels, hidden, memoryItems, temperature, Gate.MATCHING, Residual.TANH);
  }

  /** The paper's module with the released code's sizes. */
  public static ResidualAmplification of(String level, int channels) {
    return of(level, channels, Gate.MATCHING, Residual.TANH, MEMORY_ITEMS);
  }

  /** A module with the released code's hidden width {@code min(2C, 1024)}. */
  public static ResidualAmplification of(
      String level, int channels, Gate gate, Residual residual, int memoryItems) {
    return new ResidualAmplification(
        level, channels, Math.min(2 * channels, 1024), memoryItems, TEMPERATURE, gate, residual);
  }

  /** Whether the residual has a gate. */
  public boolean gated() {
    return gate == Gate.MATCHING;
  }

  /** Whether there is a residual. */
  public boolean generates() {
    return residual != Residual.NONE;
  }

  private List<Pointwise> projection() {
    return stack("projection");
  }

  private List<Pointwise> scaling() {
    return stack("scaling");
  }

  private List<Pointwise> stack(String name) {
    var prefix = "raa_" + level + "_" + name;
    return List.of(
        new Pointwise(prefix + "1", channels, hidden),
        new Pointwise(prefix + "2", hidden, hidden),
        new Pointwise(prefix + "3", hidden, channels));
  }

  private String memory() {
    return "raa_" + level + "_memory/items";
  }

  /** All parameters. */
  public List<ParameterSpec> parameters() {
    var all = new ArrayList<ParameterSpec>();
    if (gated()) {
      projection().forEach(p -> all.addAll(p.parameters()));
    }
    if (generates()) {
      scaling().forEach(p -> all.addAll(p.parameters()));
    }
    if (gated()) {
      all.add(
          new ParameterSpec(
              memory(),
              List.of(2L * memoryItems, (long) channels),
              new Initializer.Normal(1),
              true));
    }
    return all;
  }

  /** Adds the query of the gate, {@code [N, H, W, C]}. */
  public <T> T query(Net<T> net, T x) {
    return stack(net, net.addPositionalEncoding(x), projection(), Activation.NONE);
  }

  /** Adds the gate, {@code [R, 1]}. */
  public <T> T gate(Net<T> net, T x) {
    return net.memoryMatching(query(net, x), memory(), memoryItems, temperature);
  }

  /** Adds the scale of the generator, in (-1, 1) or (0, 1), or its unbounded residual. */
  public <T> T scale(Net<T> net, T x) {
    return switch (residual) {
      case TANH -> stack(net, x, scaling(), Activation.TANH);
      case SIGMOID -> net.sigmoid(stack(net, x, scaling(), Activation.NONE));
      case LEARNABLE -> stack(net, x, scaling(), Activation.NONE);
      case NONE -> throw new IllegalStateException("there is no residual");
    };
  }

  /** Adds the residual before its gate. */
  public <T> T generated(Net<T> net, T x) {
    var scale = scale(net, x);
    return residual == Residual.LEARNABLE ? scale : net.product(x, scale);
  }

  /** Adds the residual under a gate of the caller's. */
  public <T> T residual(Net<T> net, T x, T gate) {
    var scale = scale(net, x);
    return residual == Residual.LEARNABLE
        ? net.gating(scale, gate)
        : net.gatedScaling(x, scale, gate);
  }

  /** Adds the residual as in use: under the module's own gate, if it has one. */
  public <T> T residual(Net<T> net, T x) {
    return gated() ? residual(net, x, gate(net, x)) : generated(net, x);
  }

  private static <T> T stack(Net<T> net, T x, List<Pointwise> layers, Activation last) {
    var y = net.convolution(x, layers.get(0).layer(), Activation.RELU);
    y = net.convolution(y, layers.get(1).layer(), Activation.RELU);
    return net.convolution(y, layers.get(2).layer(), last);
  }
}
