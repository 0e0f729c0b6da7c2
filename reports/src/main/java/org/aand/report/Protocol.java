package org.aand.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** How the evaluated checkpoint was chosen. Every table of results says which one it shows. */
public enum Protocol {
  /** The weights after the last epoch. The default: the test set decides nothing. */
  LAST_EPOCH("last-epoch", "weights of the last epoch; the test set decided nothing"),
  /** The checkpoint that did best on held-out normal images. */
  HELD_OUT_NORMAL("held-out-normal", "checkpoint picked on held-out normal images"),
  /** The checkpoint that did best on the test set, as in the released code. Optimistic. */
  BEST_ON_TEST("best-on-test", "checkpoint picked on the test set itself");

  private final String key;
  private final String description;

  Protocol(String key, String description) {
    this.key = key;
    this.description = description;
  }

  /** The name in JSON and on the command line. */
  @JsonValue
  public String key() {
    return key;
  }

  /** Half a sentence for people. */
  public String description() {
    return description;
  }
}
