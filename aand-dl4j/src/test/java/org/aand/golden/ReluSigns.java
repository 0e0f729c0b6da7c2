package org.aand.golden;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.aand.nn.BatchNormalization;
import org.aand.nn.Convolution;
import org.aand.nn.HostValues;
import org.aand.nn.KernelOp;
import org.aand.nn.Outputs;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Which activations of a network are positive, layer by layer.
 *
 * <p>A gradient is not continuous where an activation passes zero: an activation within rounding of
 * zero may lie on the other side in float32, and its whole share of the gradient comes or goes. How
 * many do is a matter of luck, in the reference's float32 run as in ours, so the stored deviation
 * does not bound it; counting them does. A run in double knows the true sides.
 */
final class ReluSigns {
  /** How much larger than a typical element's the gradient of a single one may be. */
  private static final double HEAVY_TAIL = 5;

  /**
   * Part of a layer's root mean square below which a side is unknown even in double: what the
   * reference's position encoding is off in its last bit.
   */
  private static final double UNKNOWN = 3e-8;

  private record Layer(BitSet positive, int unknown, int size) {}

  private final DataType type;
  private final List<Layer> layers = new ArrayList<>();

  /** What has to be computed for it: every output that a ReLU may have been applied to. */
  static List<SDVariable> activations(SameDiff graph) {
    return graph.getOps().values().stream()
        .map(op -> (KernelOp) op.getOp())
        .filter(op -> op instanceof BatchNormalization || op instanceof Convolution)
        .map(op -> op.outputVariables()[0])
        .toList();
  }

  ReluSigns(List<SDVariable> activations, Outputs outputs, DataType type) {
    this.type = type;
    for (var activation : activations) {
      double[] values = HostValues.read(outputs.get(activation));
      double near = UNKNOWN * Tensors.norm(values) / Math.sqrt(values.length);
      var positive = new BitSet(values.length);
      int unknown = 0;
      boolean rectified = true;
      for (int i = 0; i < values.length; i++) {
        rectified &= values[i] >= 0;
        positive.set(i, values[i] > 0);
        unknown += values[i] > 0 && values[i] < near ? 1 : 0;
      }
      // Layers without ReLU have nothing to lose at zero.
      if (rectified) {
        layers.add(new Layer(positive, unknown, values.length));
      }
    }
  }

  /**
   * Relative l2 by which a gradient may be off for activations on the other side. One of N carries
   * about {@code 1 / sqrt(N)} of the norm.
   *
   * @param exact of a run in double; null if this is it
   */
  double gradientChange(@Nullable ReluSigns exact) {
    double change = 0;
    for (int l = 0; l < layers.size(); l++) {
      var layer = layers.get(l);
      int other = layer.unknown();
      if (exact != null) {
        var different = (BitSet) layer.positive().clone();
        different.xor(exact.layers.get(l).positive());
        other = different.cardinality();
      } else if (type != DataType.DOUBLE) {
        throw new IllegalStateException("only double knows the sides by itself");
      }
      change += Math.sqrt((double) other / layer.size());
    }
    return HEAVY_TAIL * change;
  }
}
