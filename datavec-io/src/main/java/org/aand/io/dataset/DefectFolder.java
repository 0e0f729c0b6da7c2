package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;

/**
 * A folder of images that all show the same: nothing wrong, or one kind of defect.
 *
 * @param root the category's folder
 * @param kind {@link Sample#GOOD}, or the kind of defect
 * @param images the folder
 * @param masks the folder of their masks; need not exist
 */
record DefectFolder(Path root, String kind, Path images, Path masks) {
  /**
   * The images with their masks, sorted by name. Masks of normal images are paired up too, though
   * nothing is to be seen on them.
   *
   * @throws InputException if images and masks do not pair up
   */
  List<Sample> samples() {
    ImageFolder.refuseImagesBelow(images);
    var files = ImageFolder.images(images);
    Map<Path, List<Path>> pairs = MaskPairs.of(files, masks);
    boolean good = kind.equals(Sample.GOOD);
    return files.stream().map(image -> sample(root, image, good ? Map.of() : pairs, kind)).toList();
  }

  /**
   * A folder's images as normal ones to train on.
   *
   * @throws InputException if there are none
   */
  static List<Sample> training(Path root, Path folder) {
    var samples = good(root, folder);
    if (samples.isEmpty()) {
      throw new InputException(
          "there are no training images in "
              + folder
              + KindNames.advice(root).map(advice -> "; " + advice).orElse(""));
    }
    return samples;
  }

  /** A folder's images as normal ones; none if there is no such folder. */
  static List<Sample> good(Path root, Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    ImageFolder.refuseImagesBelow(folder);
    return ImageFolder.images(folder).stream()
        .map(image -> sample(root, image, Map.of(), Sample.GOOD))
        .toList();
  }

  /**
   * The folders of the kinds in a folder; none if there is no such folder.
   *
   * @throws InputException if an image lies beside them
   */
  static List<Path> foldersOrNone(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var strays = ImageFolder.images(folder);
    if (!strays.isEmpty()) {
      throw new InputException(
          strays.get(0) + " is in no kind's folder; move it to " + folder.resolve("KIND"));
    }
    return ImageFolder.folders(folder);
  }

  /**
   * Refuses masks of a kind that there are no images of.
   *
   * @param maskFolder with a folder for each kind; need not exist
   * @param kinds the kinds' folders
   */
  static void refuseMasksWithoutKind(Path maskFolder, List<Path> kinds) {
    var names = kinds.stream().map(ImageFolder::fileName).toList();
    for (Path folder : foldersOrNone(maskFolder)) {
      if (!names.contains(ImageFolder.fileName(folder)) && ImageFolder.hasImageBelow(folder)) {
        throw new InputException(
            "the masks in " + folder + " belong to no images: there is no folder of that kind");
      }
    }
  }

  static Sample sample(Path root, Path image, Map<Path, List<Path>> masks, String kind) {
    return new Sample(
        ImageFolder.relativeName(root, image), image, masks.getOrDefault(image, List.of()), kind);
  }
}
