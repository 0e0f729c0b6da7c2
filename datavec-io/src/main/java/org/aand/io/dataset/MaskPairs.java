package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;

/**
 * Finds which mask belongs to which image of one kind of defect, by their names: a file, or a
 * folder with the parts of one mask.
 */
final class MaskPairs {
  private static final String SUFFIX = "_mask";

  private MaskPairs() {}

  /**
   * @param images the kind's images
   * @param maskFolder the kind's mask folder, which may be missing
   * @return image to the files of its mask, for all images; empty if there are no masks at all
   * @throws InputException if a mask belongs to no image or an image to no mask, or if names leave
   *     open which belong together
   */
  static Map<Path, List<Path>> of(List<Path> images, Path maskFolder) {
    var masks = masks(maskFolder);
    if (masks.isEmpty()) {
      return Map.of();
    }
    var byStem = byStem(images);
    var owners = new HashMap<Path, Path>();
    var pairs = new HashMap<Path, List<Path>>();
    for (var mask : masks.entrySet()) {
      boolean folder = Files.isDirectory(mask.getKey());
      String stem = folder ? ImageFolder.fileName(mask.getKey()) : ImageFolder.stem(mask.getKey());
      Path image = imageOf(mask.getKey(), stem, byStem);
      Path other = owners.put(image, mask.getKey());
      if (other != null) {
        throw new InputException(
            "the image "
                + image
                + " has two masks, "
                + other
                + " and "
                + mask.getKey()
                + "; remove one");
      }
      pairs.put(image, mask.getValue());
    }
    for (Path image : images) {
      if (!pairs.containsKey(image)) {
        throw new InputException(
            "the image "
                + image
                + " has no mask "
                + maskFolder.resolve(ImageFolder.stem(image) + SUFFIX + ".png")
                + " though others of its kind have one");
      }
    }
    return pairs;
  }

  /** The files of each mask, by the mask's file or folder, sorted: files first. */
  private static Map<Path, List<Path>> masks(Path maskFolder) {
    var masks = new LinkedHashMap<Path, List<Path>>();
    if (Files.isDirectory(maskFolder)) {
      ImageFolder.images(maskFolder).forEach(file -> masks.put(file, List.of(file)));
      for (Path folder : ImageFolder.folders(maskFolder)) {
        ImageFolder.refuseImagesBelow(folder);
        var parts = ImageFolder.images(folder);
        if (!parts.isEmpty()) {
          masks.put(folder, parts);
        }
      }
    }
    return masks;
  }

  private static Map<String, Path> byStem(List<Path> images) {
    var byStem = new HashMap<String, Path>();
    for (Path image : images) {
      Path other = byStem.put(ImageFolder.stem(image), image);
      if (other != null) {
        throw new InputException(
            other
                + " and "
                + image
                + " have the same name, so their masks are ambiguous; rename one");
      }
    }
    return byStem;
  }

  private static Path imageOf(Path mask, String stem, Map<String, Path> images) {
    Path sameName = images.get(stem);
    Path suffixed =
        stem.endsWith(SUFFIX)
            ? images.get(stem.substring(0, stem.length() - SUFFIX.length()))
            : null;
    if (sameName != null && suffixed != null) {
      throw new InputException(
          "the mask " + mask + " may belong to " + sameName + " or " + suffixed + "; rename one");
    }
    if (sameName != null) {
      return sameName;
    }
    if (suffixed != null) {
      return suffixed;
    }
    throw new InputException(
        "the mask " + mask + " has no image of that name among those of its kind");
  }
}
