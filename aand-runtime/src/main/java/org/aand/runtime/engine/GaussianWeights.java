package org.aand.runtime.engine;

import java.util.Map;
import java.util.Optional;
import org.aand.network.LocationGaussians;
import org.aand.network.ParameterSpec;

/** Means and whitening matrices of the locations of a map, as they come. */
final class GaussianWeights extends Weights {
  private final LocationGaussians gaussians;
  private final float[] means;
  private final float[][] whitening;

  GaussianWeights(LocationGaussians gaussians) {
    super(gaussians.parameters().stream().map(ParameterSpec::name).toList());
    this.gaussians = gaussians;
    means = new float[gaussians.height() * gaussians.width() * gaussians.channels()];
    whitening = new float[gaussians.height()][];
  }

  @Override
  Optional<Part> parts(String name) {
    if (name.equals(gaussians.meansName())) {
      return Optional.of(into(means, gaussians.channels()));
    }
    for (int row = 0; row < whitening.length; row++) {
      if (name.equals(gaussians.whiteningName(row))) {
        whitening[row] = new float[gaussians.width() * gaussians.triangle()];
        return Optional.of(into(whitening[row], gaussians.triangle()));
      }
    }
    return Optional.empty();
  }

  private static Part into(float[] whole, int length) {
    return (row, rows, values) -> System.arraycopy(values, 0, whole, row * length, rows * length);
  }

  /** Nothing is left to be done when the last part has come. */
  @Override
  void pack(Map<String, float[]> values) {}

  /** {@code [H W, C]}. */
  float[] means() {
    return means;
  }

  /** Of a row of the map, {@code [W, C (C + 1) / 2]}. */
  float[] whitening(int row) {
    return whitening[row];
  }

  LocationGaussians gaussians() {
    return gaussians;
  }
}
