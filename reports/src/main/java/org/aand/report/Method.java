package org.aand.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** The detection method that a result belongs to. */
public enum Method {
  /** Anomaly amplification in stage 1, then distillation with hard knowledge in stage 2. */
  AAND("aand", "AAND"),
  /** Reverse distillation on the plain teacher, the paper's baseline (RD4AD). */
  RD("rd", "RD");

  private final String key;
  private final String label;

  Method(String key, String label) {
    this.key = key;
    this.label = label;
  }

  /**
   * RD for the baseline exactly, AAND for everything else.
   *
   * @param baseline whether it is
   */
  public static Method of(boolean baseline) {
    return baseline ? RD : AAND;
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
}
