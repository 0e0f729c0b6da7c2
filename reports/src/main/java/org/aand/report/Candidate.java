package org.aand.report;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A method that was tried where a run chose one.
 *
 * @param method the method
 * @param label the method for people, with its recipe
 * @param score image AUROC plus AUPRO to a false-positive rate of 0.3 on held-out normal images
 *     with synthetic anomalies, in [0, 2]; {@code null} where it could not be measured
 * @param seconds the wall time of its training
 * @param kept whether it was chosen
 */
public record Candidate(
    Method method, String label, @Nullable Double score, double seconds, boolean kept) {
  /**
   * @throws NullPointerException if method or label are missing
   */
  public Candidate {
    requireNonNull(method, "candidate.method");
    requireNonNull(label, "candidate.label");
  }

  /** The same, chosen or not. */
  public Candidate kept(boolean chosen) {
    return new Candidate(method, label, score, seconds, chosen);
  }
}
