package org.aand.train;

/**
 * Constants of the methods beside AAND and RD; the defaults are those of their papers.
 *
 * @param padim of PaDiM
 */
public record MethodSettings(Padim padim) {
  /** The papers' constants. */
  public MethodSettings() {
    this(new Padim());
  }

  /**
   * PaDiM's constants.
   *
   * <p>Source: T. Defard et al. PaDiM: a patch distribution modeling framework for anomaly
   * detection and localization. ICPR 2020 workshops, sections III.A, III.B and IV.B.
   *
   * @param channels of the teacher's that are drawn; 0 for the paper's number, see {@link
   *     org.aand.network.padim.Padim#usualChannels}
   * @param shrinkage added to the diagonal of each covariance, above 0
   */
  public record Padim(int channels, double shrinkage) {
    private static final double SHRINKAGE = 0.01;

    /** The paper's. */
    public Padim() {
      this(0, SHRINKAGE);
    }

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public Padim {
      if (channels < 0 || !(shrinkage > 0)) {
        throw new IllegalArgumentException(
            "PaDiM's channels are not negative and its shrinkage is above 0");
      }
    }
  }

  /** The same with other constants of PaDiM. */
  public MethodSettings with(Padim other) {
    return new MethodSettings(other);
  }
}
