package org.aand.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector length and register tile of this JVM. */
final class VectorLanes {
  /** Constant from the start, which the compiler needs to keep vectors in registers. */
  static final VectorSpecies<Float> SPECIES = species();

  static final int LENGTH = SPECIES.length();

  /** Rows of the register tile. */
  static final int TILE_ROWS = tileRows();

  /**
   * Columns of the register tile and of a panel. One constant, so that the compiler takes the
   * checks of a panel's bounds out of the tile's loop.
   */
  static final int TILE_COLUMNS = 2 * LENGTH;

  private VectorLanes() {}

  private static VectorSpecies<Float> species() {
    int longest = FloatVector.SPECIES_MAX.vectorBitSize();
    int wish =
        Integer.getInteger("aand.vector.bits", FloatVector.SPECIES_PREFERRED.vectorBitSize());
    int bits = Math.min(wish, longest);
    if (bits >= 512) {
      return FloatVector.SPECIES_512;
    }
    return bits >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  }

  // Measured on Zen 4, GFLOP/s of one thread of 115 possible, 256 bits, tiles 4x16 / 6x16 / 8x16:
  // 16 registers JDK 17 87 / 111 / 61, JDK 25 105 / 50 / 61 (it spills from 10 sums on);
  // 32 registers JDK 17 87 / 112 / 111, JDK 25 105 / 112 / 112; 512 bits 98 to 114 / 114 / 115.
  private static int tileRows() {
    boolean many =
        FloatVector.SPECIES_MAX.vectorBitSize() >= 512
            || System.getProperty("os.arch", "").equals("aarch64");
    if (many) {
      return 8;
    }
    return Runtime.version().feature() < 21 ? 6 : 4;
  }
}
