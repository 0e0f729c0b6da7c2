package org.aand.network.raa;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is added to a feature x, before the gate.
 *
 * <p>g is a stack of three 1x1 convolutions, the same in every kind. Source: attribute-scaling
 * residual generator, section III of the paper, and its Table VII.
 */
public enum Residual {
  /** {@code tanh(g(x)) * x}, the paper's ARG. */
  @JsonProperty("tanh")
  TANH,
  /** {@code sigmoid(g(x)) * x}: the scale is in (0, 1). */
  @JsonProperty("sigmoid")
  SIGMOID,
  /** {@code g(x)}: learned without a restriction of its scale. */
  @JsonProperty("learnable")
  LEARNABLE,
  /** Nothing. */
  @JsonProperty("none")
  NONE
}
