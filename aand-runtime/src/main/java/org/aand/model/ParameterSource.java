package org.aand.model;

import org.aand.network.ParameterSpec;

/** Gives the values of a model's parameters. */
@FunctionalInterface
public interface ParameterSource {
  /** The values of a parameter in row-major order. */
  float[] values(ParameterSpec spec);
}
