package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Elements;
import org.aand.runtime.kernel.Scratch;
import org.aand.runtime.kernel.Workers;

/**
 * The Mahalanobis distance of each location's feature from the Gaussian there.
 *
 * @param x {@code [N, H, W, C]}
 * @param output {@code [N, H, W, 1]}
 */
record GaussianOperation(Value x, Value output, GaussianWeights weights) implements Operation {
  @Override
  public String name() {
    return "Mahalanobis distance " + x.shape();
  }

  @Override
  public List<Value> inputs() {
    return List.of(x);
  }

  @Override
  public double arithmetic() {
    return 2.0 * x.locations() * weights.gaussians().triangle();
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var from = in.get(0);
    return images ->
        workers.run(
            x.height(), (row, scratch) -> row(from.array(), images, row, out.array(), scratch));
  }

  /** One row of the map in all images, so that its matrices are read once. */
  private void row(float[] map, int images, int row, float[] to, Scratch scratch) {
    int channels = x.channels();
    int triangle = weights.gaussians().triangle();
    for (int column = 0; column < x.width(); column++) {
      int location = row * x.width() + column;
      for (int n = 0; n < images; n++) {
        int at = n * x.locations() + location;
        to[at] =
            Elements.mahalanobis(
                map,
                at * channels,
                weights.means(),
                location * channels,
                weights.whitening(row),
                column * triangle,
                channels,
                scratch);
      }
    }
  }
}
