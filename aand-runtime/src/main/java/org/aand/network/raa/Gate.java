package org.aand.network.raa;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What decides how much residual a location gets. */
public enum Gate {
  /** The weight of the anomalous memory items, the paper's MRG. */
  @JsonProperty("matching")
  MATCHING,
  /** Nothing does: the same proportion everywhere. */
  @JsonProperty("none")
  NONE
}
