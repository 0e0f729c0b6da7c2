package org.aand.serve;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.aand.api.Verdict;

/** What a person says about a verdict. */
enum Mark {
  /** A normal part was called anomalous. */
  FALSE_ALARM,
  /** A defective part was called normal. */
  MISSED_DEFECT,
  /** It is as the verdict says. */
  CORRECT;

  static Optional<Mark> of(String key) {
    return Arrays.stream(values()).filter(mark -> mark.key().equals(key)).findFirst();
  }

  /** The name in requests and files. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it can be said about a verdict. */
  boolean fits(Verdict verdict) {
    return switch (this) {
      case FALSE_ALARM -> verdict == Verdict.ANOMALOUS;
      case MISSED_DEFECT -> verdict == Verdict.NORMAL;
      case CORRECT -> verdict != Verdict.UNDECIDED;
    };
  }

  /** Whether the part is defective, for a verdict that it fits. */
  boolean defective(Verdict verdict) {
    return this == MISSED_DEFECT || (this == CORRECT && verdict == Verdict.ANOMALOUS);
  }
}
