package org.aand.pipeline;

import org.aand.backend.Backend;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.model.Scoring;
import org.aand.network.LocationGaussians;
import org.aand.report.page.Numbers;

/**
 * Whether PaDiM's matrices fit into memory: C (C + 1) / 2 values of 4 bytes at each location for C
 * channels.
 *
 * <p>While they are fitted they lie outside the Java heap; the engine that calibrates by them has
 * them in it.
 */
final class PadimMemory {
  /** What is left of the whole for teacher, images and code. */
  private static final double SHARE_OF_CEILING = 0.7;

  private static final double SHARE_OF_HEAP = 0.8;

  private PadimMemory() {}

  /**
   * Refuses what would not fit.
   *
   * @throws InputException with the number of channels that would
   */
  static void require(TrainRequest request) {
    if (fits(request)) {
      return;
    }
    var maps = maps(request);
    int channels = channels(request);
    long room = room();
    int fits = most(room, maps.pixels());
    throw new InputException(
        "PaDiM with "
            + channels
            + " channels at "
            + maps
            + " locations has matrices of "
            + Numbers.bytes(bytes(channels, maps.pixels()))
            + ", for which there is no room ("
            + Numbers.bytes(room)
            + " of --max-memory and the Java heap); "
            + (fits > 0
                ? "give --padim-channels " + fits + " or less, a smaller --image-size, or more"
                : "give a smaller --image-size, or more")
            + " memory (--max-memory; for the Java heap -Xmx)");
  }

  /** Whether the matrices of a request fit. */
  static boolean fits(TrainRequest request) {
    return bytes(channels(request), maps(request).pixels()) <= room();
  }

  private static ImageSize maps(TrainRequest request) {
    return Scoring.levelSizes(request.tiling().tileSize()).get(0);
  }

  private static int channels(TrainRequest request) {
    return request.training().methods().padim().channelsOf(request.backbone());
  }

  private static long room() {
    long heap = (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory());
    // Heap and native memory at their largest, at the same time.
    long whole = (long) (SHARE_OF_CEILING * Backend.memoryCeiling() / 2);
    return Math.min(heap, whole);
  }

  static long bytes(int channels, int locations) {
    return Float.BYTES * locations * LocationGaussians.triangle(channels);
  }

  /** The greatest number of channels whose matrices have room. */
  static int most(long room, int locations) {
    int most = 0;
    while (bytes(most + 1, locations) <= room) {
      most++;
    }
    return most;
  }
}
