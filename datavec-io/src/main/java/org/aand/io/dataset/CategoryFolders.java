package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;

/**
 * Finds categories that have a folder each, or are the data folder itself.
 *
 * @param data the data folder
 * @param sign what a category's folder has, for messages
 * @param isCategory whether a folder has it
 */
record CategoryFolders(Path data, String sign, Predicate<Path> isCategory) {
  /** See {@link DatasetLayout#categories}. */
  List<String> categories() {
    return isCategory.test(data) ? List.of(DatasetLayout.ITSELF) : below();
  }

  /**
   * The folder of a category.
   *
   * @throws InputException if there is none of that name
   */
  Path root(String category) {
    if (!Files.isDirectory(data)) {
      throw new InputException(
          "there is no data folder " + data + "; name the folder that holds the categories");
    }
    Path root = data.resolve(category).normalize();
    boolean severalInstead =
        category.equals(DatasetLayout.ITSELF) && !isCategory.test(data) && !below().isEmpty();
    if (severalInstead) {
      throw new InputException(
          data + " is not a category itself; " + whatIsThere() + "; choose one with --category");
    }
    if (!Files.isDirectory(root)) {
      throw new InputException(
          "there is no category " + category + " in " + data + "; " + whatIsThere());
    }
    return root;
  }

  /** A category's name: that of its folder. */
  static String name(Path root) {
    return ImageFolder.fileName(root.toAbsolutePath().normalize());
  }

  private List<String> below() {
    return ImageFolder.folders(data).stream()
        .filter(isCategory)
        .map(ImageFolder::fileName)
        .toList();
  }

  private String whatIsThere() {
    if (isCategory.test(data)) {
      return "the folder is a category itself, which is called \"" + DatasetLayout.ITSELF + "\"";
    }
    var names = below();
    return names.isEmpty()
        ? "no folder in it has " + sign
        : "there are: " + String.join(", ", names);
  }
}
