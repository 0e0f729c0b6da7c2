package org.aand.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The detection method that a result belongs to. */
public enum Method {
  /** Anomaly amplification in stage 1, then distillation with hard knowledge in stage 2. */
  AAND("aand", "AAND"),
  /** Reverse distillation on the plain teacher, the paper's baseline (RD4AD). */
  RD("rd", "RD"),
  /** A Gaussian of the teacher's features at every location. */
  PADIM("padim", "PaDiM"),
  /** The distance to the nearest of a memory bank of the teacher's features. */
  PATCHCORE("patchcore", "PatchCore"),
  /** A student of the teacher's architecture that matches its features. */
  ST("st", "ST"),
  /** Reverse distillation with projection layers before the bottleneck. */
  RD_PLUS_PLUS("rd++", "RD++"),
  /** A discriminator of the teacher's features and the same with noise. */
  SIMPLENET("simplenet", "SimpleNet");

  private final String key;
  private final String label;

  Method(String key, String label) {
    this.key = key;
    this.label = label;
  }

  /**
   * The method of a key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Method of(String key) {
    return Stream.of(values())
        .filter(method -> method.key.equalsIgnoreCase(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no method '"
                        + key
                        + "'; the methods are "
                        + Stream.of(values()).map(Method::key).collect(Collectors.joining(", "))));
  }

  /** The name in JSON and on the command line. */
  @JsonValue
  public String key() {
    return key;
  }

  /** The name for people. */
  public String label() {
    return label;
  }

  /** Whether it learns by gradient, in epochs; else it passes the images once. */
  public boolean hasEpochs() {
    return this != PADIM && this != PATCHCORE;
  }
}
