package org.aand.train;

import org.aand.network.teacher.Backbone;

/**
 * Constants of the methods beside AAND and RD; the defaults are those of their papers.
 *
 * @param padim of PaDiM
 * @param patchCore of PatchCore
 * @param bankItems most items of the memory bank that the standard recipe joins to AAND and RD, not
 *     negative; 0 for none
 */
public record MethodSettings(Padim padim, PatchCore patchCore, int bankItems) {
  private static final int BANK_ITEMS = 2000;

  /** The papers' constants. */
  public MethodSettings() {
    this(new Padim(), new PatchCore(), BANK_ITEMS);
  }

  /**
   * @throws IllegalArgumentException if the number of items is negative
   */
  public MethodSettings {
    if (bankItems < 0) {
      throw new IllegalArgumentException(
          "a memory bank's items are not negative; 0 is without a bank: " + bankItems);
    }
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

    /** How many of a backbone's channels are drawn. */
    public int channelsOf(Backbone backbone) {
      return channels == 0 ? org.aand.network.padim.Padim.usualChannels(backbone) : channels;
    }
  }

  /**
   * PatchCore's constants.
   *
   * <p>Source: K. Roth et al. Towards total recall in industrial anomaly detection. CVPR 2022. It
   * keeps 25 %, 10 % and 1 % of the patches, which its Table 1 finds within a tenth of a point of
   * image AUROC of each other. The default is 1 %: what is kept is searched for every image, so
   * that the time of a search and the file are a tenth of those at 10 %.
   *
   * @param coresetShare of the training images' patches that are kept, above 0 and at most 1
   * @param neighbours that the image score is re-weighted by, at least 1; see {@link
   *     org.aand.network.patchcore.PatchCore}
   */
  public record PatchCore(double coresetShare, int neighbours) {
    private static final double SHARE = 0.01;

    /** The paper's. */
    public PatchCore() {
      this(SHARE, org.aand.network.patchcore.PatchCore.NEIGHBOURS);
    }

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public PatchCore {
      if (!(coresetShare > 0 && coresetShare <= 1) || neighbours < 1) {
        throw new IllegalArgumentException(
            "the coreset's share is above 0 and at most 1, not "
                + coresetShare
                + ", and there is at least one neighbour");
      }
    }

    /** How many of so many patches are kept, at least one. */
    public int items(long patches) {
      return Math.toIntExact(Math.max(1, (long) (coresetShare * patches)));
    }
  }

  /** The same with other constants of PaDiM. */
  public MethodSettings with(Padim other) {
    return new MethodSettings(other, patchCore, bankItems);
  }

  /** The same with so many items of the memory bank that is joined. */
  public MethodSettings withBankItems(int items) {
    return new MethodSettings(padim, patchCore, items);
  }

  /** The same with other constants of PatchCore. */
  public MethodSettings with(PatchCore other) {
    return new MethodSettings(padim, other, bankItems);
  }
}
