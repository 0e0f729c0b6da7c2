package org.aand.common.heatmap;

import java.util.Base64;

/**
 * An image as a PNG file in memory.
 *
 * @param bytes the file's content; not copied, so whoever hands it over does not write to it
 *     afterwards
 */
@SuppressWarnings("ArrayRecordComponent") // an image is compared by identity
public record Png(byte[] bytes) {
  /** The image as a {@code data:} address, for a page that stands alone. */
  public String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
