package org.aand.golden;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aand.nn.HostValues;
import org.aand.nn.Observer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of the three runs of a check that compares gradients.
 *
 * <p>A gradient is not continuous where an activation passes zero: an activation within rounding of
 * zero may lie on the other side in float32, and its whole share of the gradient comes or goes.
 * Which ones do is luck, in the reference's float32 run as in ours, so the stored deviation does
 * not bound it. Hence
 *
 * <ol>
 *   <li>{@code EXACT}, in double: everything is compared with the stored values;
 *   <li>{@code SINGLE}, in float32: what is continuous is compared with the stored values;
 *       gradients are kept, and the sides of all activations;
 *   <li>{@code SAME_SIDES}, in double with every activation on the side it had in float32, none
 *       moved by more than rounding: the float32 run's gradients are compared with its own, within
 *       the tolerance that the stored deviation gives.
 * </ol>
 */
final class Pass {
  enum Kind {
    EXACT(DataType.DOUBLE),
    SINGLE(DataType.FLOAT),
    SAME_SIDES(DataType.DOUBLE);

    private final DataType type;

    Kind(DataType type) {
      this.type = type;
    }
  }

  /** Part of a layer's root mean square within which an activation may be moved to zero. */
  private static final double ROUNDING = 1e-4;

  /**
   * Part of a layer's root mean square below which a side is unknown even in double: what the
   * reference's position encoding is off in its last bit.
   */
  private static final double UNKNOWN = 3e-8;

  /** How much larger than a typical element's the gradient of a single one may be. */
  private static final double HEAVY_TAIL = 5;

  private final GoldenCase golden;
  private final Kind kind;
  private final ArrayDeque<BitSet> sides;
  private final Map<String, double[]> kept;
  private double unknown;

  private Pass(GoldenCase golden, Kind kind, ArrayDeque<BitSet> sides, Map<String, double[]> kept) {
    this.golden = golden;
    this.kind = kind;
    this.sides = sides;
    this.kept = kept;
  }

  /** The three runs, in their order. */
  static List<Pass> of(GoldenCase golden) {
    var sides = new ArrayDeque<BitSet>();
    var kept = new HashMap<String, double[]>();
    return List.of(
        new Pass(golden, Kind.EXACT, sides, kept),
        new Pass(golden, Kind.SINGLE, sides, kept),
        new Pass(golden, Kind.SAME_SIDES, sides, kept));
  }

  DataType type() {
    return kind.type;
  }

  Kind kind() {
    return kind;
  }

  /** For the next program that is run once with gradients behind its activations. */
  Observer observer() {
    unknown = 0;
    return (operation, inputs, outputs) -> {
      if (operation.equals("BatchNormalization") || operation.equals("Convolution")) {
        activation(outputs.get(0));
      }
    };
  }

  private void activation(INDArray activation) {
    double[] values = HostValues.read(activation);
    boolean rectified = true;
    for (double value : values) {
      rectified &= value >= 0;
    }
    if (!rectified) {
      // Layers without ReLU have nothing to lose at zero.
      return;
    }
    double scale = Tensors.norm(values) / Math.sqrt(values.length);
    switch (kind) {
      case EXACT -> unknown += HEAVY_TAIL * Math.sqrt(unknownShare(values, UNKNOWN * scale));
      case SINGLE -> sides.add(positive(values));
      case SAME_SIDES -> {
        if (move(values, sides.remove(), ROUNDING * scale)) {
          HostValues.write(values, activation);
        }
      }
    }
  }

  private static double unknownShare(double[] values, double near) {
    int count = 0;
    for (double value : values) {
      count += value > 0 && value < near ? 1 : 0;
    }
    return (double) count / values.length;
  }

  private static BitSet positive(double[] values) {
    var positive = new BitSet(values.length);
    for (int i = 0; i < values.length; i++) {
      positive.set(i, values[i] > 0);
    }
    return positive;
  }

  private boolean move(double[] values, BitSet positive, double rounding) {
    boolean moved = false;
    for (int i = 0; i < values.length; i++) {
      if (values[i] > 0 == positive.get(i)) {
        continue;
      }
      if (values[i] > rounding) {
        throw new AssertionError(
            golden.name() + ": an activation of " + values[i] + " is not positive in float32");
      }
      values[i] = positive.get(i) ? Double.MIN_NORMAL : 0;
      moved = true;
    }
    return moved;
  }

  /** Compares values that rounding changes little. */
  void continuous(String array, double[] actual) {
    if (kind != Kind.SAME_SIDES) {
      golden.compare(array, actual, type());
    }
  }

  /** Compares values behind activations near zero. */
  void gradient(String array, double[] actual) {
    switch (kind) {
      case EXACT -> golden.compare(array, actual, type(), unknown);
      case SINGLE -> kept.put(array, actual);
      case SAME_SIDES -> compareKept(array, actual, kept(array));
    }
  }

  /** Compares a norm of such values; {@code tolerance} is of this pass's precision. */
  void gradientNorm(String what, double expected, double actual, double tolerance) {
    switch (kind) {
      case EXACT -> golden.relative(what, expected, actual, tolerance + unknown);
      case SINGLE -> kept.put(what, new double[] {actual});
      case SAME_SIDES -> golden.relative(what, actual, kept(what)[0], tolerance);
    }
  }

  /**
   * Compares the losses of the first steps. Adam's first steps go by the signs of the gradient
   * alone, so what little it is off moves parameters by the whole rate: double is allowed what the
   * reference's float32 run was off.
   */
  void trace(double[] actual) {
    switch (kind) {
      case EXACT -> golden.compare("trace", actual, type(), unknown + golden.deviation("trace"));
      case SINGLE -> kept.put("trace", actual);
      case SAME_SIDES -> compareKept("trace", actual, kept("trace"));
    }
  }

  /** What the float32 run had for an array. */
  double[] kept(String array) {
    return Objects.requireNonNull(kept.get(array), array).clone();
  }

  void keep(String array, double[] values) {
    kept.put(array, values.clone());
  }

  /** Compares float32 values with those of double on the same sides. */
  void compareKept(String array, double[] inDouble, double[] inFloat) {
    golden.compareComputed(array, inDouble, inFloat, golden.tolerance(array, DataType.FLOAT));
  }

  /** The precision by which {@link #gradientNorm} is to be judged. */
  DataType judged() {
    return kind == Kind.EXACT ? DataType.DOUBLE : DataType.FLOAT;
  }

  /**
   * Relative l2 by which gradients in double may be off for activations on an unknown side. One of
   * N carries about {@code 1 / sqrt(N)} of the norm.
   */
  double unknown() {
    return unknown;
  }
}
