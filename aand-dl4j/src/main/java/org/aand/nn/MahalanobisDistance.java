package org.aand.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The Mahalanobis distance of each location's feature from the Gaussian there; not differentiable.
 *
 * <ul>
 *   <li>x: {@code [N, H, W, C]}, L = H W
 *   <li>means: {@code [L, C]}
 *   <li>whitening: {@code [L, C, C]}, A of each location, lower triangular
 *   <li>output: {@code |A (x - m)|}, {@code [N, H, W, 1]}
 * </ul>
 */
final class MahalanobisDistance extends KernelOp {
  private MahalanobisDistance(SDVariable x, SDVariable means, SDVariable whitening) {
    super(x.getSameDiff(), 1, x, means, whitening);
  }

  static SDVariable of(SDVariable x, SDVariable means, SDVariable whitening) {
    return new MahalanobisDistance(x, means, whitening).outputVariables()[0];
  }

  @Override
  protected List<long[]> outputShapes(List<long[]> inputs) {
    long[] x = inputs.get(0);
    return List.of(new long[] {x[0], x[1], x[2], 1});
  }

  @Override
  protected Runnable bind(Binding b) {
    long images = b.in(0).size(0);
    long locations = b.in(1).size(0);
    long channels = b.in(1).size(1);
    var byImage = b.in(0).reshape('c', images, locations, channels).permute(1, 0, 2);
    var means = b.in(1).reshape('c', locations, 1, channels);
    var centred = b.scratch(locations, images, channels);
    var white = b.scratch(locations, images, channels);
    var squares = b.scratch(locations * images, 1);
    var distances = b.out(0).reshape('c', images, locations);
    var byLocation = squares.reshape('c', locations, images).permute(1, 0);
    return Binding.sequence(
        List.of(
            () -> centred.assign(byImage),
            b.subtract(centred, means, centred),
            b.call("matmul", List.of(centred, b.in(2)), List.of(white), 0, 1),
            b.multiply(white, white, white),
            b.rowSums(Binding.rows(white), squares),
            () -> {
              Transforms.sqrt(squares, false);
              distances.assign(byLocation);
            }));
  }

  @Override
  protected @Nullable SDVariable[] gradients(
      List<@Nullable SDVariable> outputGradients, boolean[] needed) {
    throw new UnsupportedOperationException("Gaussians are fitted, not trained");
  }
}
