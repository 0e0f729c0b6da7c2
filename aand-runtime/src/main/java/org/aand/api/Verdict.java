package org.aand.api;

import java.util.Locale;

/** What is decided on an image. */
public enum Verdict {
  /** It scores at most the threshold. */
  NORMAL,
  /** It scores higher than the threshold. */
  ANOMALOUS,
  /** There is no threshold to decide by. */
  UNDECIDED;

  /** The name in files and for people. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
