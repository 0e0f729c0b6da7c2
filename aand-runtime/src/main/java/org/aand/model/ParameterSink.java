package org.aand.model;

import org.aand.network.ParameterSpec;

/** Takes the parameters of a model one after the other, in the table's order. */
@FunctionalInterface
public interface ParameterSink {
  /**
   * Takes a parameter.
   *
   * @param values in row-major order from index 0, finite; of the array that {@link #array} gave,
   *     and the sink's from now on
   */
  void accept(ParameterSpec spec, float[] values);

  /**
   * Room for the values of the parameter that comes next. A sink that keeps no values can hand out
   * the same array again.
   *
   * @return at least as long as the parameter
   */
  default float[] array(ParameterSpec spec) {
    return new float[Math.toIntExact(spec.length())];
  }
}
