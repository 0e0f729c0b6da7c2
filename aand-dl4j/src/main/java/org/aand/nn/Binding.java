package org.aand.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The fixed arrays over which one operation of a plan is prepared, and the means to do so.
 *
 * <p>Scratch arrays belong to the operation only while it runs; their content does not survive to
 * the next run.
 */
public final class Binding {
  private final List<INDArray> inputs;
  private final List<INDArray> outputs;
  private final Shared shared;
  private final List<INDArray> scratch = new ArrayList<>();

  Binding(List<INDArray> inputs, List<INDArray> outputs, Shared shared) {
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.shared = shared;
  }

  /** What the operations of one program share: blocks, native contexts, vectors of ones. */
  static final class Shared implements AutoCloseable {
    private final Arena arena;
    private final DataType type;
    private final List<OpContext> contexts = new ArrayList<>();
    private final List<INDArray> constants = new ArrayList<>();
    private final Map<Long, INDArray> ones = new HashMap<>();

    Shared(DataType type) {
      this.type = type;
      this.arena = new Arena(type);
    }

    Arena arena() {
      return arena;
    }

    @Override
    public void close() {
      contexts.forEach(Binding::close);
      ones.values().forEach(INDArray::close);
      constants.forEach(INDArray::close);
      arena.close();
    }
  }

  private static void close(OpContext context) {
    try {
      context.close();
    } catch (Exception e) {
      throw new IllegalStateException("a native operation context could not be released", e);
    }
  }

  /** The i-th input. */
  public INDArray in(int i) {
    return inputs.get(i);
  }

  /** How many inputs there are. */
  public int inputs() {
    return inputs.size();
  }

  /** The i-th output. */
  public INDArray out(int i) {
    return outputs.get(i);
  }

  /** The element type of the program. */
  public DataType type() {
    return shared.type;
  }

  /** An array for intermediate values; undefined content at the start of every run. */
  public INDArray scratch(long... shape) {
    var array = shared.arena.take(shape);
    scratch.add(array);
    return array;
  }

  /** A row {@code [1, n]} of ones; not to be written. */
  public INDArray ones(long n) {
    return shared.ones.computeIfAbsent(
        n, k -> Nd4j.createUninitializedDetached(shared.type, 1, k).assign(1));
  }

  /** An array of fixed values; kept as long as the program, not to be written. */
  public INDArray constant(double[] values, long... shape) {
    var array = HostValues.array(values, shared.type, shape);
    shared.constants.add(array);
    return array;
  }

  /** An array for numbers of rows; kept as long as the program. */
  public INDArray indices(long... shape) {
    var array = Nd4j.createUninitializedDetached(DataType.INT64, shape);
    shared.constants.add(array);
    return array;
  }

  /** A native operation with integer arguments. */
  public Runnable call(String op, List<INDArray> in, List<INDArray> out, long... integers) {
    return call(op, in, out, integers, new double[0]);
  }

  /** A native operation, prepared once over these arrays. */
  public Runnable call(
      String op, List<INDArray> in, List<INDArray> out, long[] integers, double[] reals) {
    var context = Nd4j.getExecutioner().buildContext();
    for (int i = 0; i < in.size(); i++) {
      context.setInputArray(i, in.get(i));
    }
    for (int i = 0; i < out.size(); i++) {
      context.setOutputArray(i, out.get(i));
    }
    if (integers.length > 0) {
      context.setIArguments(integers);
    }
    if (reals.length > 0) {
      context.setTArguments(reals);
    }
    shared.contexts.add(context);
    CustomOp operation = DynamicCustomOp.builder(op).build();
    var executioner = Nd4j.getExecutioner();
    return () -> executioner.exec(operation, context);
  }

  /** {@code c = a b}, each optionally transposed first; matrices. */
  public Runnable matmul(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
    return call("matmul", List.of(a, b), List.of(c), transposeA ? 1 : 0, transposeB ? 1 : 0);
  }

  /** {@code c += a b}, each optionally transposed first; matrices. */
  public Runnable addMatmul(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
    return call(
        "matmul",
        List.of(a, b),
        List.of(c),
        new long[] {transposeA ? 1 : 0, transposeB ? 1 : 0},
        new double[] {1, 1});
  }

  /**
   * Sums of the columns of {@code [R, C]} into {@code [1, C]}: a product with ones, much faster.
   *
   * <p>The product adds one row after the other, so that rounding errors grow with their number. It
   * is made in two turns, each over about the root of it.
   */
  public Runnable columnSums(INDArray matrix, INDArray sums) {
    long rows = matrix.size(0);
    long columns = matrix.size(1);
    long groups = groups(rows);
    if (groups == 1) {
      return matmul(ones(rows), false, matrix, false, sums);
    }
    var partial = scratch(1, groups * columns);
    var wide = matrix.reshape('c', rows / groups, groups * columns);
    var narrow = partial.reshape('c', groups, columns);
    return sequence(
        List.of(
            matmul(ones(rows / groups), false, wide, false, partial),
            matmul(ones(groups), false, narrow, false, sums)));
  }

  /** A power of two that divides the number of rows, at most its root. */
  private static long groups(long rows) {
    long groups = 1;
    while (rows % (2 * groups) == 0 && 4 * groups * groups <= rows) {
      groups *= 2;
    }
    return groups;
  }

  /** Sums of the rows of {@code [R, C]} into {@code [R, 1]}. */
  public Runnable rowSums(INDArray matrix, INDArray sums) {
    var column = ones(matrix.size(1)).reshape('c', matrix.size(1), 1);
    return matmul(matrix, false, column, false, sums);
  }

  /** {@code c = a * b} elementwise; either may be a row or a column that is broadcast. */
  public Runnable multiply(INDArray a, INDArray b, INDArray c) {
    return call("multiply", List.of(a, b), List.of(c));
  }

  /** {@code c = a + b} elementwise; either may be a row or a column that is broadcast. */
  public Runnable add(INDArray a, INDArray b, INDArray c) {
    return call("add", List.of(a, b), List.of(c));
  }

  /** {@code c = a - b} elementwise; either may be a row or a column that is broadcast. */
  public Runnable subtract(INDArray a, INDArray b, INDArray c) {
    return call("subtract", List.of(a, b), List.of(c));
  }

  /** Adds a value a column to every row of {@code [R, C]} in place. */
  public Runnable addBias(INDArray rows, INDArray bias) {
    var map = rows.reshape('c', 1, 1, rows.size(0), rows.size(1));
    return call("biasadd", List.of(map, bias), List.of(map));
  }

  /** One after the other. */
  public static Runnable sequence(List<Runnable> steps) {
    var all = steps.toArray(Runnable[]::new);
    return () -> {
      for (var step : all) {
        step.run();
      }
    };
  }

  /** {@code [N, H, W, C]} seen as {@code [N*H*W, C]}: one row a location. No copy. */
  public static INDArray rows(INDArray array) {
    long channels = array.size(array.rank() - 1);
    return array.reshape('c', array.length() / channels, channels);
  }

  void releaseScratch() {
    scratch.forEach(shared.arena::giveBack);
    scratch.clear();
  }
}
