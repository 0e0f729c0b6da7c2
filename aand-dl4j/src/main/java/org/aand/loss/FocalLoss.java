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
 * Focal loss of the residual gate against the synthetic anomaly mask.
 *
 * <p>{@code mean_n( -alpha (1-p)^gamma M ln p - (1-alpha) p^gamma (1-M) ln(1-p) )}
 *
 * <ul>
 *   <li>p: {@code [R, 1]}, in (0, 1); the gate's construction keeps it away from the ends
 *   <li>mask: {@code [R, 1]}, 0 or 1
 *   <li>output: {@code [1]}
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>T.-Y. Lin et al. Focal loss for dense object detection. ICCV 2017.
 * </ol>
 */
public final class FocalLoss extends KernelOp {
  /**
   * The constants.
   *
   * @param alpha weight of the anomalous locations, in (0, 1)
   * @param gamma how much easy locations are discounted, at least 0
   */
  public record Options(double alpha, double gamma) {
    /** The released code's values. */
    public Options() {
      this(0.8, 2);
    }

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public Options {
      if (!(alpha > 0 && alpha < 1) || !(gamma >= 0)) {
        throw new IllegalArgumentException("focal loss: alpha in (0,1), gamma >= 0");
      }
    }
  }

  private final Options options;

  private FocalLoss(SDVariable p, SDVariable mask, Options options) {
    super(p.getSameDiff(), 1, p, mask);
    this.options = options;
  }

  /** The loss as a variable of the graph. */
  public static SDVariable of(SDVariable p, SDVariable mask, Options options) {
    return new FocalLoss(p, mask, options).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(new long[] {1});
  }

  @Override
  protected Runnable bind(Binding b) {
    return () -> {
      double[] p = HostValues.read(b.in(0));
      double[] mask = HostValues.read(b.in(1));
      double sum = 0;
      for (int i = 0; i < p.length; i++) {
        sum -=
            mask[i] > 0
                ? options.alpha * Math.pow(1 - p[i], options.gamma) * Math.log(p[i])
                : (1 - options.alpha) * Math.pow(p[i], options.gamma) * Math.log1p(-p[i]);
      }
      b.out(0).putScalar(0, sum / p.length);
    };
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    var gradient = Objects.requireNonNull(outputGradients.get(0));
    return new @Nullable SDVariable[] {
      new Backward(options, arg(0), arg(1), gradient).outputVariables()[0], null
    };
  }

  private static final class Backward extends GradientOp {
    private final Options options;

    Backward(Options options, SDVariable... inputs) {
      super(1, inputs);
      this.options = options;
    }

    @Override
    protected List<long[]> outputShapes(List<long[]> inputs) {
      return List.of(inputs.get(0));
    }

    @Override
    protected Runnable bind(Binding b) {
      double alpha = options.alpha;
      double gamma = options.gamma;
      return () -> {
        double[] p = HostValues.read(b.in(0));
        double[] mask = HostValues.read(b.in(1));
        double weight = b.in(2).getDouble(0) / p.length;
        for (int i = 0; i < p.length; i++) {
          double q = p[i];
          double r = 1 - q;
          p[i] =
              weight
                  * (mask[i] > 0
                      ? alpha
                          * (gamma * Math.pow(r, gamma - 1) * Math.log(q) - Math.pow(r, gamma) / q)
                      : (1 - alpha)
                          * (Math.pow(q, gamma) / r
                              - gamma * Math.pow(q, gamma - 1) * Math.log1p(-q)));
        }
        HostValues.write(p, b.out(0));
      };
    }
  }
}
