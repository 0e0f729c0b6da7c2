package org.aand.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.aand.api.Detection;
import org.aand.common.heatmap.Jpeg;
import org.aand.common.heatmap.Png;

/**
 * What the list of recent results shows of one.
 *
 * @param thumbnail the image, its longest side {@value #SIDE} pixels at most, a JPEG
 * @param heatmap the anomaly map over it, of the same size, a JPEG
 * @param outline of its regions, of the same size, a PNG; empty where there are none
 * @param about {@code percentile} and {@code regions}, as far as they are known
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record ShownResult(byte[] thumbnail, byte[] heatmap, Optional<byte[]> outline, ObjectNode about) {
  private static final int SIDE = 384;

  /**
   * @param row of the same detection
   */
  static ShownResult of(Detection found, ObjectNode row) {
    boolean regions = !row.path("regions").isEmpty();
    return new ShownResult(
        Jpeg.of(new Png(found.thumbnail(SIDE))).bytes(),
        Jpeg.of(new Png(found.heatmap(SIDE))).bytes(),
        regions ? Optional.of(found.outline(SIDE)) : Optional.empty(),
        row.deepCopy().retain(List.of("percentile", "regions")));
  }

  /** Of its images together. */
  int bytes() {
    return thumbnail.length + heatmap.length + outline.map(png -> png.length).orElse(0);
  }
}
