package org.aand.io.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * One image of a category.
 *
 * @param name path within the category, with forward slashes, e.g. {@code
 *     test/broken_large/000.png}; unique there
 * @param image the image file
 * @param masks the files of its ground-truth mask, one or several parts that are one mask together;
 *     empty for normal images (nothing is anomalous) and for defective ones of a kind that has no
 *     masks (unknown)
 * @param defect the kind of defect, {@value #GOOD} if there is none
 */
public record Sample(String name, Path image, List<Path> masks, String defect) {
  /** The {@link #defect} of normal images. */
  public static final String GOOD = "good";

  /** Keeps a copy of the list. */
  public Sample {
    masks = List.copyOf(masks);
  }

  /** An image without a mask. */
  public static Sample withoutMask(String name, Path image, String defect) {
    return new Sample(name, image, List.of(), defect);
  }

  /** Whether the image shows a defect. */
  public boolean defective() {
    return !defect.equals(GOOD);
  }

  /** Whether it is known where the defect is. */
  public boolean hasMask() {
    return !masks.isEmpty();
  }
}
