package org.aand.drift;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last images show.
 *
 * @param images how many were observed in all
 * @param window how many of them the report is about; 0 before the first evaluation
 * @param traits what is found of each; empty before the first evaluation
 * @param causes what probably happened, the likeliest first; empty without drift
 */
public record DriftReport(
    long images, int window, Map<Trait, Finding> traits, List<String> causes) {
  /**
   * A trait in the window beside the normal images.
   *
   * @param median of the window
   * @param lowest its 10 % quantile
   * @param highest its 90 % quantile
   * @param normalMedian of the normal images
   * @param pValue of the test that both are of one distribution
   * @param drifted whether it is below the test's level
   */
  public record Finding(
      double median,
      double lowest,
      double highest,
      double normalMedian,
      double pValue,
      boolean drifted) {
    /** Whether the window is above the normal images, not below. */
    boolean higher() {
      return median > normalMedian;
    }
  }

  /** Keeps copies. */
  public DriftReport {
    traits = Map.copyOf(traits);
    causes = List.copyOf(causes);
  }

  /** The same findings, more images later. */
  DriftReport after(long allImages) {
    return new DriftReport(allImages, window, traits, causes);
  }

  /** Whether any trait has drifted. */
  public boolean drifted() {
    return traits.values().stream().anyMatch(Finding::drifted);
  }

  /** The likeliest cause in a few words. */
  public Optional<String> cause() {
    return causes.stream().findFirst();
  }
}
