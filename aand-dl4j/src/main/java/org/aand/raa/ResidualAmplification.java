package org.aand.raa;

import java.util.ArrayList;
import java.util.List;
import org.aand.nn.Activation;
import org.aand.nn.Initializer;
import org.aand.nn.NetGraph;
import org.aand.nn.ParameterSpec;
import org.aand.nn.Pointwise;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * One RAA module: a matching-guided residual gate and an attribute-scaling residual generator
 * beside one feature level.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}, R = N H W locations
 *   <li>gate: {@code [R, 1]}, the probability of being anomalous, by matching {@code q(x + PE)}
 *       against memory items
 *   <li>generated: {@code [N, H, W, C]}, {@code tanh(...) * x}
 *   <li>residual: {@code gate * generated}; the amplified feature is {@code x + residual}
 * </ul>
 *
 * <p>Source: section III of the paper; {@code RAR_single} of the released code.
 *
 * @param level a, b or c
 * @param channels C
 * @param hidden width of the two stacks of 1x1 convolutions
 * @param memoryItems per kind; so many normal ones, then so many anomalous ones
 * @param temperature of the softmax over the items
 */
public record ResidualAmplification(
    String level, int channels, int hidden, int memoryItems, double temperature) {
  /** Memory items of a kind in the released code. */
  public static final int MEMORY_ITEMS = 50;

  /** Softmax temperature in the released code. */
  public static final double TEMPERATURE = 0.2;

  /** A module with the released code's sizes: hidden width {@code min(2C, 1024)}. */
  public static ResidualAmplification of(String level, int channels) {
    return new ResidualAmplification(
        level, channels, Math.min(2 * channels, 1024), MEMORY_ITEMS, TEMPERATURE);
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
    projection().forEach(p -> all.addAll(p.parameters()));
    scaling().forEach(p -> all.addAll(p.parameters()));
    all.add(
        new ParameterSpec(
            memory(), List.of(2L * memoryItems, (long) channels), new Initializer.Normal(1), true));
    return all;
  }

  /** Adds the query of the gate, {@code [N, H, W, C]}. */
  public SDVariable query(NetGraph net, SDVariable x) {
    return stack(net, AddPositionalEncoding.of(x), projection(), Activation.NONE);
  }

  /** Adds the gate, {@code [R, 1]}. */
  public SDVariable gate(NetGraph net, SDVariable x) {
    return MemoryMatching.of(query(net, x), net.parameter(memory()), memoryItems, temperature);
  }

  /** Adds the scale of the generator, {@code tanh(...)}. */
  public SDVariable scale(NetGraph net, SDVariable x) {
    return stack(net, x, scaling(), Activation.TANH);
  }

  /** Adds {@code gate * scale(x) * x}. */
  public SDVariable residual(NetGraph net, SDVariable x, SDVariable gate) {
    return GatedScaling.of(x, scale(net, x), gate);
  }

  private static SDVariable stack(
      NetGraph net, SDVariable x, List<Pointwise> layers, Activation last) {
    var y = net.pointwise(x, layers.get(0), Activation.RELU);
    y = net.pointwise(y, layers.get(1), Activation.RELU);
    return net.pointwise(y, layers.get(2), last);
  }
}
