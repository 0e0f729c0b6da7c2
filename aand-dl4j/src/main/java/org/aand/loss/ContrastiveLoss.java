package org.aand.loss;

import java.util.List;
import java.util.Objects;
import org.aand.nn.Binding;
import org.aand.nn.CosineDistance;
import org.aand.nn.GradientOp;
import org.aand.nn.KernelOp;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.same.Reciprocal;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Contrastive loss of a trained teacher: normal features are to be near each other, anomalous ones
 * far from them, by cosine.
 *
 * <p>{@code sum_ii' w_i w_i' (1 - cos(f_i, f_i')) + sum_ij w_i v_j cos(f_i, f_j)}, w the weights of
 * normal, v of anomalous locations. Both are means over pairs where the weights sum to 1; without
 * anomalous locations the second is 0. By the weighted sums c of the unit features this is {@code
 * (sum w)^2 - <c_w, c_w> + <c_w, c_v>}. The features come out of a ReLU, so that no cosine is
 * negative and none needs a margin.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}, R = N H W
 *   <li>normal, anomalous: {@code [R, 1]}, weights
 *   <li>output: {@code [1]}
 * </ul>
 *
 * <p>Differentiable by the features alone. Source: the contrastive alternative of the paper's Table
 * VI, which describes it in words ("pull the distances of normal features closer, while pushing the
 * distances between normal features and anomalous features further apart"); the formula is this
 * project's.
 */
public final class ContrastiveLoss extends KernelOp {
  private ContrastiveLoss(SDVariable... inputs) {
    super(inputs[0].getSameDiff(), 1, inputs);
  }

  /** The loss as a variable of the graph. */
  public static SDVariable of(SDVariable x, SDVariable normal, SDVariable anomalous) {
    return new ContrastiveLoss(x, normal, anomalous).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    return List.of(new long[] {1});
  }

  /** Unit features, their inverse norms, the two weighted sums {@code [1, C]}. */
  private record Centres(
      INDArray unit, INDArray inverse, INDArray ofNormal, INDArray ofAnomalous, Runnable compute) {
    static Centres of(Binding b, INDArray x, INDArray normal, INDArray anomalous) {
      var unit = b.scratch(x.shape());
      var inverse = b.scratch(x.size(0), 1);
      var ofNormal = b.scratch(1, x.size(1));
      var ofAnomalous = b.scratch(1, x.size(1));
      var reciprocal = new Reciprocal(inverse, inverse);
      var compute =
          Binding.sequence(
              List.of(
                  b.multiply(x, x, unit),
                  b.rowSums(unit, inverse),
                  () -> {
                    Transforms.sqrt(inverse, false);
                    Transforms.max(inverse, CosineDistance.MIN_NORM, false);
                    Nd4j.getExecutioner().exec(reciprocal);
                  },
                  b.multiply(x, inverse, unit),
                  b.matmul(normal, true, unit, false, ofNormal),
                  b.matmul(anomalous, true, unit, false, ofAnomalous)));
      return new Centres(unit, inverse, ofNormal, ofAnomalous, compute);
    }
  }

  @Override
  protected Runnable bind(Binding b) {
    var normal = b.in(1);
    var centres = Centres.of(b, Binding.rows(b.in(0)), normal, b.in(2));
    var ofNormal = centres.ofNormal();
    var inner = b.scratch(1, 1);
    var spread = b.matmul(ofNormal, false, ofNormal, true, inner);
    var across = b.matmul(ofNormal, false, centres.ofAnomalous(), true, inner);
    return () -> {
      centres.compute().run();
      double weight = normal.sumNumber().doubleValue();
      spread.run();
      double loss = weight * weight - inner.getDouble(0);
      across.run();
      b.out(0).putScalar(0, loss + inner.getDouble(0));
    };
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    if (needed[1] || needed[2]) {
      throw new UnsupportedOperationException(
          "the contrastive loss is differentiated by the features alone");
    }
    var gradient = Objects.requireNonNull(outputGradients.get(0));
    var dx = new Backward(arg(0), arg(1), arg(2), gradient).outputVariables()[0];
    return new @Nullable SDVariable[] {dx, null, null};
  }

  /** Inputs x, both weights, gradient; output dx. */
  private static final class Backward extends GradientOp {
    Backward(SDVariable... inputs) {
      super(1, inputs);
    }

    @Override
    protected Runnable bind(Binding b) {
      var centres = Centres.of(b, Binding.rows(b.in(0)), b.in(1), b.in(2));
      var unit = centres.unit();
      var dx = Binding.rows(b.out(0));
      var ofNormal = centres.ofNormal();
      var pull = b.scratch(ofNormal.shape());
      var along = b.scratch(dx.size(0), 1);
      // d unit_r = w_r (c_v - 2 c_w) + v_r c_w, then through the normalisation.
      return Binding.sequence(
          List.of(
              centres.compute(),
              () -> ofNormal.mul(2, pull),
              b.subtract(centres.ofAnomalous(), pull, pull),
              b.matmul(b.in(1), false, pull, false, dx),
              b.addMatmul(b.in(2), false, ofNormal, false, dx),
              projected(b, unit, dx, along),
              b.multiply(dx, centres.inverse(), dx),
              () -> dx.muli(b.in(3).getDouble(0))));
    }

    /** {@code g <- g - u (u . g)} for every row; overwrites u. */
    private static Runnable projected(Binding b, INDArray unit, INDArray g, INDArray along) {
      var product = b.scratch(unit.shape());
      return Binding.sequence(
          List.of(
              b.multiply(unit, g, product),
              b.rowSums(product, along),
              b.multiply(unit, along, unit),
              b.subtract(g, unit, g)));
    }
  }
}
