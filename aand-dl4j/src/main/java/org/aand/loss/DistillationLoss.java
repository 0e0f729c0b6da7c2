package org.aand.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.nn.Binding;
import org.aand.nn.CosineDistance;
import org.aand.nn.GradientOp;
import org.aand.nn.HostValues;
import org.aand.nn.KernelOp;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cosine discrepancy of teacher and student at one level, in its two parts.
 *
 * <p>Hard: the mean, over the batch, of the k largest {@code 1 - cos(T_n, S_n)} of each image
 * (stage 2's hard knowledge distillation). Global: the mean over the images of {@code 1 - cos} of
 * the whole maps taken as vectors (RD's loss).
 *
 * <ul>
 *   <li>teacher, student: {@code [N, H, W, C]}
 *   <li>outputs: hard {@code [1]}, global {@code [1]}; for the gradient, per location, {@code
 *       <T,T>, <S,S>, <T,S>} and whether it is among the hardest, {@code [4, R]}
 * </ul>
 *
 * <p>Differentiable by both; a teacher that does not learn needs no gradient. Source: section III
 * of the paper; H. Deng, X. Li, CVPR 2022, for the global part.
 */
public final class DistillationLoss extends KernelOp {
  private static final double MIN_NORM = CosineDistance.MIN_NORM;

  private final int hardest;

  private DistillationLoss(SDVariable teacher, SDVariable student, int hardest) {
    super(teacher.getSameDiff(), 3, teacher, student);
    this.hardest = hardest;
  }

  /**
   * The two parts.
   *
   * @param hard over the hardest locations
   * @param global over whole maps
   */
  public record Parts(SDVariable hard, SDVariable global) {}

  /**
   * Adds both parts to the graph.
   *
   * @param hardest k, how many locations of an image count as hard; at most all
   */
  public static Parts of(SDVariable teacher, SDVariable student, int hardest) {
    var outputs = new DistillationLoss(teacher, student, hardest).outputVariables();
    return new Parts(outputs[0], outputs[1]);
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return List.of(new long[] {1}, new long[] {1}, new long[] {4, x[0] * x[1] * x[2]});
  }

  @Override
  protected Runnable bind(Binding b) {
    var teacher = Binding.rows(b.in(0));
    var student = Binding.rows(b.in(1));
    int rows = Math.toIntExact(teacher.size(0));
    int images = Math.toIntExact(b.in(0).size(0));
    var product = b.scratch(teacher.shape());
    var sums = b.scratch(3, rows);
    var steps =
        Binding.sequence(
            List.of(
                rowProducts(b, teacher, teacher, product, sums, 0),
                rowProducts(b, student, student, product, sums, 1),
                rowProducts(b, teacher, student, product, sums, 2)));
    return () -> {
      steps.run();
      double[] stats = Arrays.copyOf(HostValues.read(sums), 4 * rows);
      double hard = 0;
      double global = 0;
      int locations = rows / images;
      int k = Math.min(hardest, locations);
      for (int image = 0; image < images; image++) {
        int from = image * locations;
        double[] distances = new double[locations];
        double tt = 0;
        double ss = 0;
        double ts = 0;
        for (int i = 0; i < locations; i++) {
          int n = from + i;
          distances[i] = 1 - cosine(stats[n], stats[rows + n], stats[2 * rows + n]);
          tt += stats[n];
          ss += stats[rows + n];
          ts += stats[2 * rows + n];
        }
        global += 1 - cosine(tt, ss, ts);
        for (int i : largest(distances, k)) {
          stats[3 * rows + from + i] = 1;
          hard += distances[i];
        }
      }
      b.out(0).putScalar(0, hard / (images * (double) k));
      b.out(1).putScalar(0, global / images);
      HostValues.write(stats, b.out(2));
    };
  }

  private static Runnable rowProducts(
      Binding b, INDArray x, INDArray y, INDArray product, INDArray sums, int row) {
    var target = b.scratch(x.size(0), 1);
    var line = sums.getRow(row);
    return Binding.sequence(
        List.of(
            b.multiply(x, y, product),
            b.rowSums(product, target),
            () -> line.assign(target.reshape('c', line.shape()))));
  }

  private static double cosine(double tt, double ss, double ts) {
    return ts / (Math.max(Math.sqrt(tt), MIN_NORM) * Math.max(Math.sqrt(ss), MIN_NORM));
  }

  /** Indices of the k largest values; among equal ones the first. */
  private static int[] largest(double[] values, int k) {
    if (k == values.length) {
      return IntStream.range(0, k).toArray();
    }
    int[] best = new int[k];
    int size = 0;
    for (int i = 0; i < values.length; i++) {
      if (size == k && values[i] <= values[best[k - 1]]) {
        continue;
      }
      int at = size < k ? size++ : k - 1;
      while (at > 0 && values[best[at - 1]] < values[i]) {
        best[at] = best[at - 1];
        at--;
      }
      best[at] = i;
    }
    return best;
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    return new @Nullable SDVariable[] {
      needed[0] ? gradient(true, outputGradients) : null,
      needed[1] ? gradient(false, outputGradients) : null
    };
  }

  private SDVariable gradient(boolean ofTeacher, List<@Nullable SDVariable> outputGradients) {
    var hard = outputGradients.get(0);
    var global = outputGradients.get(1);
    var inputs = new ArrayList<SDVariable>();
    inputs.add(arg(ofTeacher ? 1 : 0));
    inputs.add(arg(ofTeacher ? 0 : 1));
    inputs.add(outputVariables()[2]);
    if (hard != null) {
      inputs.add(hard);
    }
    if (global != null) {
      inputs.add(global);
    }
    return new Backward(hardest, ofTeacher, inputs, hard != null, global != null)
        .outputVariables()[0];
  }

  /**
   * Inputs the other side, the side that is differentiated by, statistics, [hard], [global]; output
   * the gradient. Its code speaks of the student's; the cosine is symmetric.
   */
  private static final class Backward extends GradientOp {
    private final int hardest;
    private final boolean ofTeacher;
    private final boolean hasHard;
    private final boolean hasGlobal;

    Backward(
        int hardest,
        boolean ofTeacher,
        List<SDVariable> inputs,
        boolean hasHard,
        boolean hasGlobal) {
      super(1, inputs.toArray(SDVariable[]::new));
      this.hardest = hardest;
      this.ofTeacher = ofTeacher;
      this.hasHard = hasHard;
      this.hasGlobal = hasGlobal;
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      return List.of(inputs.get(0));
    }

    @Override
    protected Runnable bind(Binding b) {
      var teacher = Binding.rows(b.in(0));
      var student = Binding.rows(b.in(1));
      var dStudent = Binding.rows(b.out(0));
      int rows = Math.toIntExact(teacher.size(0));
      int images = Math.toIntExact(b.in(0).size(0));
      var ofTeacher = b.scratch(rows, 1);
      var ofStudent = b.scratch(rows, 1);
      var product = b.scratch(teacher.shape());
      var combine =
          Binding.sequence(
              List.of(
                  b.multiply(teacher, ofTeacher, product),
                  b.multiply(student, ofStudent, dStudent),
                  b.add(dStudent, product, dStudent)));
      return () -> {
        double hard = hasHard ? b.in(3).getDouble(0) : 0;
        double global = hasGlobal ? b.in(hasHard ? 4 : 3).getDouble(0) : 0;
        var weights = weights(statistics(b.in(2), rows), rows, images, hard, global);
        HostValues.write(weights.ofTeacher(), ofTeacher);
        HostValues.write(weights.ofStudent(), ofStudent);
        combine.run();
      };
    }

    /** The forward pass's, with both sides exchanged where the teacher's gradient is wanted. */
    private double[] statistics(INDArray given, int rows) {
      double[] statistics = HostValues.read(given);
      if (ofTeacher) {
        double[] first = Arrays.copyOf(statistics, rows);
        System.arraycopy(statistics, rows, statistics, 0, rows);
        System.arraycopy(first, 0, statistics, rows, rows);
      }
      return statistics;
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Weights(double[] ofTeacher, double[] ofStudent) {}

    /** {@code d(1-cos)/dS = -T / (|T||S|) + cos S / |S|^2}, for a location and for a whole map. */
    private Weights weights(double[] stats, int rows, int images, double hard, double global) {
      double[] ofTeacher = new double[rows];
      double[] ofStudent = new double[rows];
      int locations = rows / images;
      double perHard = hard / (images * (double) Math.min(hardest, locations));
      for (int image = 0; image < images; image++) {
        int from = image * locations;
        double tt = 0;
        double ss = 0;
        double ts = 0;
        for (int n = from; n < from + locations; n++) {
          tt += stats[n];
          ss += stats[rows + n];
          ts += stats[2 * rows + n];
        }
        double mapTeacher = global / images / norms(tt, ss);
        double mapStudent = global / images * cosine(tt, ss, ts) / square(ss);
        for (int n = from; n < from + locations; n++) {
          double w = perHard * stats[3 * rows + n];
          double c = cosine(stats[n], stats[rows + n], stats[2 * rows + n]);
          ofTeacher[n] = -mapTeacher - w / norms(stats[n], stats[rows + n]);
          ofStudent[n] = mapStudent + w * c / square(stats[rows + n]);
        }
      }
      return new Weights(ofTeacher, ofStudent);
    }

    private static double norms(double tt, double ss) {
      return Math.max(Math.sqrt(tt), MIN_NORM) * Math.max(Math.sqrt(ss), MIN_NORM);
    }

    private static double square(double ss) {
      return Math.max(ss, MIN_NORM * MIN_NORM);
    }
  }
}
