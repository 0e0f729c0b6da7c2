package org.aand.model;

import org.aand.network.ParameterSpec;

/** Takes the parameters of a model one after the other, in the table's order. */
@FunctionalInterface
public interface ParameterSink {
  /**
   * Takes a parameter.
   *
   * @param values in row-major order, finite; the sink's to keep
   */
  void accept(ParameterSpec spec, float[] values);
}
