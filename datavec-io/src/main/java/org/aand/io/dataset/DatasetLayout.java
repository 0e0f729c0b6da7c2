package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;

/**
 * How a data set lies in its folder: which categories it has, and which images and masks each.
 *
 * <p>Whatever the layout, images are files that {@link org.aand.common.image.ImageFile} reads,
 * recognised by their names or, where these say nothing, by their first bytes, and need not be of
 * one type. A kind of defect may come without masks; if it has some, each of its images needs one.
 * Hidden files, texts and lists are passed over; any other file is refused, for it may be an image.
 * Everything is sorted by name, so a folder always gives the same categories whatever the file
 * system.
 *
 * <p>{@link LayoutChoice} finds out which layout a folder has.
 */
public sealed interface DatasetLayout permits MvtecLayout, Mvtec3dLayout, VisaLayout, FolderLayout {
  /** The category name for a data folder that is itself the category. */
  String ITSELF = ".";

  /** The folder that everything is in. */
  Path data();

  /** Whether the folder looks like this layout. Reads folders' lists, no image. */
  default boolean recognised() {
    return Files.isDirectory(data()) && !categories().isEmpty();
  }

  /**
   * The categories there are.
   *
   * @return names that {@link #open} takes, sorted; {@value #ITSELF} alone if the data folder is
   *     itself one; empty if there is none
   * @throws InputException if the folder cannot be listed, or has folders of normal and defective
   *     images where categories are looked for
   */
  List<String> categories();

  /**
   * Lists a category's images. No image is read yet.
   *
   * @param category its name
   * @throws InputException if there is no such category, it has no training images, a file is
   *     missing or of no known type, or images and masks do not pair up
   */
  Category open(String category);
}
