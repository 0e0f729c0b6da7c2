package org.aand.pipeline;

import java.util.Locale;
import org.aand.backend.Backend;
import org.aand.common.InputException;
import org.aand.model.Scoring;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.report.page.Numbers;
import org.aand.train.coreset.GreedyCoreset;

/**
 * Whether PatchCore's memory bank fits into memory, and the projected patches that it is chosen
 * from.
 *
 * <p>While it is filled, the projections and the bank are in the Java heap and the bank, at most
 * twice, outside; the engine that calibrates by it has it in the heap, as it is and packed.
 *
 * @param patches of all training images
 * @param channels of a patch
 * @param heap bytes that the Java heap has for this
 * @param whole bytes that the process has for this
 */
record PatchCoreMemory(long patches, int channels, long heap, long whole) {
  /** What is left of the whole for teacher, images and code. */
  private static final double SHARE_OF_CEILING = 0.7;

  private static final double SHARE_OF_HEAP = 0.8;

  /** Of a point beside its coordinates: number and distance, in arrays with room to grow. */
  private static final int BYTES_OF_POINT = 16;

  /**
   * Refuses what would not fit.
   *
   * @param images that are trained on, tiles counted one by one
   * @throws InputException with the share of the patches that would
   */
  static void require(TrainRequest request, int images) {
    of(request, images).require(request.training().methods().patchCore().coresetShare());
  }

  /** The memory that a request's bank has. */
  static PatchCoreMemory of(TrainRequest request, int images) {
    var maps = Scoring.levelSizes(request.tiling().tileSize()).get(1);
    long heap = (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory());
    return new PatchCoreMemory(
        (long) images * maps.pixels(),
        PatchFeatures.channels(request.backbone()),
        heap,
        (long) (SHARE_OF_CEILING * Backend.memoryCeiling()));
  }

  private long bytes(double items) {
    return (long) (items * channels * Float.BYTES);
  }

  /** Of the projected patches. */
  private long projected() {
    return patches
        * (Math.min(channels, GreedyCoreset.DIMENSIONS) * (long) Float.BYTES + BYTES_OF_POINT);
  }

  /** Bytes of the largest bank that fits; none where not even the projections do. */
  private long room() {
    long array = (long) Float.BYTES * (Integer.MAX_VALUE - Short.MAX_VALUE);
    long heapRoom = Math.min(heap - projected(), heap / 2);
    long wholeRoom = (whole - projected()) / 3;
    return Math.max(0, Math.min(array, Math.min(heapRoom, wholeRoom)));
  }

  /** The largest share of the patches that fits, rounded down to three digits; 0 for none. */
  double share() {
    double share = Math.min(1, room() / (double) bytes(patches));
    double unit = Math.pow(10, Math.floor(Math.log10(Math.max(share, 1e-9))) - 2);
    return share * patches < 1 ? 0 : Math.floor(share / unit) * unit;
  }

  /** Whether the bank of a share of the patches fits. */
  boolean fits(double wanted) {
    return bytes(Math.max(1, wanted * patches)) <= room();
  }

  /**
   * @throws InputException if the bank of that share does not fit
   */
  void require(double wanted) {
    if (fits(wanted)) {
      return;
    }
    long bank = bytes(Math.max(1, wanted * patches));
    double fits = share();
    throw new InputException(
        String.format(
            Locale.ROOT,
            "PatchCore's memory bank of %.0f of %d patches is %s, for which there is no room (%s of"
                + " --max-memory and the Java heap, beside %s for choosing them); give %s, or more"
                + " memory (--max-memory; for the Java heap -Xmx)",
            Math.max(1, Math.floor(wanted * patches)),
            patches,
            Numbers.bytes(bank),
            Numbers.bytes(room()),
            Numbers.bytes(projected()),
            fits > 0
                ? String.format(Locale.ROOT, "--coreset-share %.3g or less", fits)
                : "fewer images, a smaller --image-size"));
  }
}
