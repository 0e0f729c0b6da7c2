package org.aand.pipeline;

/**
 * What a training run observes besides, for the paper's figures; each becomes a file in the run
 * folder.
 *
 * @param residuals whether the intensity of residuals is measured after every epoch of stage 1
 *     ({@value #RESIDUALS}, the paper's Fig. 8); only with residuals
 * @param features whether features of test images before and after amplification are projected to
 *     two dimensions ({@value #FEATURES}, the paper's Fig. 6); only with residuals
 */
public record Observations(boolean residuals, boolean features) {
  /** The file of residual intensities. */
  public static final String RESIDUALS = "residuals.json";

  /** The file of projected features. */
  public static final String FEATURES = "features.json";

  /** Nothing besides. */
  public Observations() {
    this(false, false);
  }
}
