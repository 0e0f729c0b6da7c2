package org.aand.io.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One image of a category.
 *
 * @param name path within the category, with forward slashes, e.g. {@code
 *     test/broken_large/000.png}; unique there
 * @param image the image file
 * @param mask its ground-truth mask; empty for good images (nothing is anomalous) and for defective
 *     ones of a kind that has no masks (unknown)
 * @param defect the kind of defect, {@value #GOOD} if there is none
 */
public record Sample(String name, Path image, Optional<Path> mask, String defect) {
  /** The {@link #defect} of normal images. */
  public static final String GOOD = "good";

  /** Whether the image shows a defect. */
  public boolean defective() {
    return !defect.equals(GOOD);
  }
}
