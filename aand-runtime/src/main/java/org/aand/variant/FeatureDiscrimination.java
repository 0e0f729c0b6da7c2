package org.aand.variant;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the pre-trained features are made to tell anomalous from normal: the paper's Table VI, and
 * detectors that others have published.
 */
public enum FeatureDiscrimination {
  /** RAA modules beside the frozen teacher, or parts of them, or nothing at all. */
  @JsonProperty("amplification")
  AMPLIFICATION,
  /** The whole teacher is trained in stage 1: normal features together, anomalous ones away. */
  @JsonProperty("contrastive")
  CONTRASTIVE,
  /**
   * A discriminator of adapted features and the same with noise, after SimpleNet, by the paper's
   * words and with stage 2's schedule.
   */
  @JsonProperty("simplenet")
  SIMPLENET_STYLE,
  /** SimpleNet as its released code has it. */
  @JsonProperty("simplenet-released")
  SIMPLENET,
  /** A Gaussian of normal features at every location: PaDiM. */
  @JsonProperty("padim")
  PADIM,
  /** A memory bank of normal features, and the distance to the nearest: PatchCore. */
  @JsonProperty("patchcore")
  PATCHCORE,
  /** A student of the teacher's own architecture, ST. */
  @JsonProperty("st")
  STUDENT_TEACHER
}
