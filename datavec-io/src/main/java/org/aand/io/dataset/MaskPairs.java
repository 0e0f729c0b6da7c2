package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aand.common.InputException;

/** Finds which mask file belongs to which image of one kind of defect, by their names. */
final class MaskPairs {
  private static final String SUFFIX = "_mask";

  private MaskPairs() {}

  /**
   * @param images the kind's images
   * @param maskFolder the kind's mask folder, which may be missing
   * @return image to mask, for all images; empty if there are no masks at all
   * @throws InputException if a mask belongs to no image or an image to no mask, or if names leave
   *     open which belong together
   */
  static Map<Path, Path> of(List<Path> images, Path maskFolder) {
    var masks = Files.isDirectory(maskFolder) ? ImageFolder.images(maskFolder) : List.<Path>of();
    if (masks.isEmpty()) {
      return Map.of();
    }
    var byStem = byStem(images);
    var pairs = new HashMap<Path, Path>();
    for (Path mask : masks) {
      Path image = imageOf(mask, byStem);
      Path other = pairs.put(image, mask);
      if (other != null) {
        throw new InputException(
            "the image " + image + " has two masks, " + other + " and " + mask + "; remove one");
      }
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

  private static Map<String, Path> byStem(List<Path> images) {
    var byStem = new HashMap<String, Path>();
    for (Path image : images) {
      Path other = byStem.put(ImageFolder.stem(image), image);
      if (other != null) {
        throw new InputException(
            other
                + " and "
                + image
                + " have the same name, so whose mask is whose is open; rename one");
      }
    }
    return byStem;
  }

  private static Path imageOf(Path mask, Map<String, Path> images) {
    String stem = ImageFolder.stem(mask);
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
