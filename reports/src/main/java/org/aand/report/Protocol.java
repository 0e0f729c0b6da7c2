package org.aand.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How the evaluated checkpoint was chosen. Every table of results says which one it shows. */
public enum Protocol {
  /** The weights after the last epoch. The default: the test set decides nothing. */
  LAST_EPOCH("last-epoch", "", "weights of the last epoch; the test set decided nothing"),
  /** The checkpoint that did best on held-out normal images. */
  HELD_OUT_NORMAL("held-out", "held-out-normal", "checkpoint picked on held-out normal images"),
  /** The checkpoint that found synthetic anomalies on held-out normal images best. */
  SYNTHETIC("synthetic", "", "checkpoint picked by synthetic anomalies on held-out normal images"),
  /** The checkpoint that did best on the test set, as in the released code. Optimistic. */
  BEST_ON_TEST("official", "best-on-test", "checkpoint picked on the test set itself");

  private final String key;
  private final String formerKey;
  private final String description;

  Protocol(String key, String formerKey, String description) {
    this.key = key;
    this.formerKey = formerKey;
    this.description = description;
  }

  /** The name on the command line, in JSON, CSV and tables. */
  @JsonValue
  public String key() {
    return key;
  }

  /** Whether it chooses by normal images that are not trained on. */
  public boolean holdsOut() {
    return this == HELD_OUT_NORMAL || this == SYNTHETIC;
  }

  /** Half a sentence for people. */
  public String description() {
    return description;
  }

  /**
   * The protocol of a name, in whatever case; files written before have other names for two.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  @JsonCreator
  public static Protocol named(String name) {
    return Arrays.stream(values())
        .filter(p -> p.key.equalsIgnoreCase(name) || p.formerKey.equalsIgnoreCase(name))
        .filter(p -> !name.isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown protocol "
                        + name
                        + "; there are "
                        + Arrays.stream(values())
                            .map(Protocol::key)
                            .collect(Collectors.joining(", "))));
  }
}
