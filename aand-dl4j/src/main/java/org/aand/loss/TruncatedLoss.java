package org.aand.loss;

import java.util.List;
import java.util.Objects;
import org.aand.nn.Binding;
import org.aand.nn.GradientOp;
import org.aand.nn.HostValues;
import org.aand.nn.KernelOp;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * SimpleNet's loss: the scores of normal features are to be above the margin, those of noisy ones
 * below minus the margin.
 *
 * <p>{@code mean_n relu(margin - s_n) + mean_m relu(margin + s_m)}
 *
 * <ul>
 *   <li>scores: {@code [2N, H, W, 1]}: those of normal features, then as many of noisy ones
 *   <li>output: {@code [1]}
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>Z. Liu et al. SimpleNet: a simple network for image anomaly detection and localization.
 *       CVPR 2023, section 3.5.
 * </ol>
 */
public final class TruncatedLoss extends KernelOp {
  private final double margin;

  private TruncatedLoss(SDVariable scores, double margin) {
    super(scores.getSameDiff(), 1, scores);
    this.margin = margin;
  }

  /** The loss as a variable of the graph. */
  public static SDVariable of(SDVariable scores, double margin) {
    return new TruncatedLoss(scores, margin).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    if (inputs.get(0)[0] % 2 != 0) {
      throw new IllegalArgumentException("as many normal as noisy scores");
    }
    return List.of(new long[] {1});
  }

  /** By how much a score is on the wrong side of its margin. */
  private static double excess(double[] scores, int i, double margin) {
    return Math.max(0, i < scores.length / 2 ? margin - scores[i] : margin + scores[i]);
  }

  @Override
  protected Runnable bind(Binding b) {
    return () -> {
      double[] scores = HostValues.read(b.in(0));
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        sum += excess(scores, i, margin);
      }
      b.out(0).putScalar(0, 2 * sum / scores.length);
    };
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var gradient = Objects.requireNonNull(outputGradients.get(0));
    return new Backward(margin, arg(0), gradient).outputVariables();
  }

  /** Inputs scores, gradient; output dScores. */
  private static final class Backward extends GradientOp {
    private final double margin;

    Backward(double margin, SDVariable... inputs) {
      super(1, inputs);
      this.margin = margin;
    }

    @Override
    protected Runnable bind(Binding b) {
      return () -> {
        double[] scores = HostValues.read(b.in(0));
        double weight = 2 * b.in(1).getDouble(0) / scores.length;
        double[] gradient = new double[scores.length];
        for (int i = 0; i < gradient.length; i++) {
          if (excess(scores, i, margin) > 0) {
            gradient[i] = i < scores.length / 2 ? -weight : weight;
          }
        }
        HostValues.write(gradient, b.out(0));
      };
    }
  }
}
