package org.aand.common.listing;

import java.nio.file.Path;
import java.util.List;

/**
 * What was found where images were looked for.
 *
 * @param images image files, sorted by path
 * @param leftOut what else may have been meant, sorted by path
 */
public record ImageListing(List<Path> images, List<LeftOutFile> leftOut) {
  /** Keeps copies of the lists. */
  public ImageListing {
    images = List.copyOf(images);
    leftOut = List.copyOf(leftOut);
  }
}
