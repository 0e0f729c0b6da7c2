package org.aand.common.listing;

import java.nio.file.Path;

/**
 * Something in a folder of images that was left out though it may have been meant.
 *
 * @param path the file, or a link to a folder
 * @param reason completes a sentence that begins with the path, and says what to do
 */
public record LeftOutFile(Path path, String reason) {
  /** As one line. */
  @Override
  public String toString() {
    return path + " " + reason;
  }
}
