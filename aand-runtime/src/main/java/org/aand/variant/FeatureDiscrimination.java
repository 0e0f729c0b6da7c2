package org.aand.variant;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the pre-trained features are made to tell anomalous from normal: the paper's Table VI. */
public enum FeatureDiscrimination {
  /** RAA modules beside the frozen teacher, or parts of them, or nothing at all. */
  @JsonProperty("amplification")
  AMPLIFICATION,
  /** The whole teacher is trained in stage 1: normal features together, anomalous ones away. */
  @JsonProperty("contrastive")
  CONTRASTIVE,
  /** A discriminator of adapted features and the same with noise, after SimpleNet. */
  @JsonProperty("simplenet")
  SIMPLENET
}
