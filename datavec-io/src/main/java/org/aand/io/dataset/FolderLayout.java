package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;

/**
 * One's own images in plain folders, of normal parts alone or with some defective ones:
 *
 * <pre>
 * DATA/NAME.png                     normal images, nothing else
 * </pre>
 *
 * or
 *
 * <pre>
 * DATA/good/NAME.png
 * DATA/KIND/NAME.png                a kind of defect, such as "bad"; optional
 * DATA/masks/KIND/NAME.png          (or NAME_mask.png); optional; the folder may be called
 *                                   ground_truth, and without KIND, masks belong to all kinds
 * </pre>
 *
 * <p>All normal images are trained on, all others tested on. DATA may hold a folder of this kind
 * for each of several categories. Masks are anomalous wherever not zero; in place of NAME.png a
 * mask may be a folder NAME with its parts.
 *
 * @param data the folder that holds the images, or the categories
 */
public record FolderLayout(Path data) implements DatasetLayout {
  private static final Set<String> MASKS = Set.of("masks", "ground_truth");

  @Override
  public List<String> categories() {
    refuseLabels();
    return folders().categories();
  }

  @Override
  public Category open(String category) {
    refuseLabels();
    Path root = folders().root(category);
    String name = CategoryFolders.name(root);
    Path good = root.resolve(Sample.GOOD);
    if (!Files.isDirectory(good)) {
      refuseFoldersOfImages(root);
      return new Category(name, root, DefectFolder.training(root, root), List.of(), List.of());
    }
    if (ImageFolder.hasImage(root)) {
      throw new InputException(
          "there are images both in " + root + " and in its folder good; move them to one place");
    }
    return new Category(name, root, DefectFolder.training(root, good), List.of(), test(root));
  }

  private void refuseLabels() {
    if (Files.isDirectory(data) && !isCategory(data)) {
      KindNames.refuseLabels(
          data, ImageFolder.folders(data).stream().filter(ImageFolder::hasImage).toList());
    }
  }

  private CategoryFolders folders() {
    return new CategoryFolders(data, "images or a folder " + Sample.GOOD, FolderLayout::isCategory);
  }

  private static boolean isCategory(Path folder) {
    return Files.isDirectory(folder.resolve(Sample.GOOD)) || ImageFolder.hasImage(folder);
  }

  private static void refuseFoldersOfImages(Path root) {
    for (Path folder : ImageFolder.folders(root)) {
      if (ImageFolder.hasImage(folder)) {
        throw new InputException(
            "there are images both in "
                + root
                + " and in "
                + folder
                + "; move the normal ones to "
                + root.resolve(Sample.GOOD));
      }
    }
  }

  private static List<Sample> test(Path root) {
    var folders = ImageFolder.folders(root);
    var maskFolders =
        folders.stream().filter(f -> MASKS.contains(ImageFolder.fileName(f))).toList();
    if (maskFolders.size() > 1) {
      throw new InputException(
          "there are two folders of masks, "
              + maskFolders.get(0)
              + " and "
              + maskFolders.get(1)
              + "; remove one");
    }
    var kinds =
        folders.stream()
            .filter(f -> !maskFolders.contains(f) && !ImageFolder.fileName(f).equals(Sample.GOOD))
            .toList();
    KindNames.refuseNormal(kinds);
    Path masks = maskFolders.isEmpty() ? root.resolve("masks") : maskFolders.get(0);
    return areCommon(masks, kinds)
        ? withCommonMasks(root, kinds, masks)
        : withMasksByKind(root, kinds, masks);
  }

  /** Whether masks belong to images of all kinds: files, or folders called like an image. */
  private static boolean areCommon(Path masks, List<Path> kinds) {
    if (!Files.isDirectory(masks) || ImageFolder.hasImage(masks)) {
      return ImageFolder.hasImage(masks);
    }
    var kindNames = kinds.stream().map(ImageFolder::fileName).toList();
    var images = kinds.stream().flatMap(kind -> ImageFolder.images(kind).stream());
    var stems = images.map(ImageFolder::stem).collect(Collectors.toSet());
    return ImageFolder.folders(masks).stream()
        .map(ImageFolder::fileName)
        .anyMatch(name -> stems.contains(name) && !kindNames.contains(name));
  }

  private static List<Sample> withMasksByKind(Path root, List<Path> kinds, Path masks) {
    DefectFolder.refuseMasksWithoutKind(masks, ImageFolder.folders(root));
    var samples = new ArrayList<Sample>();
    for (Path folder : kinds) {
      String kind = ImageFolder.fileName(folder);
      samples.addAll(new DefectFolder(root, kind, folder, masks.resolve(kind)).samples());
    }
    return samples;
  }

  private static List<Sample> withCommonMasks(Path root, List<Path> kinds, Path masks) {
    var kindNames = kinds.stream().map(ImageFolder::fileName).toList();
    for (Path folder : ImageFolder.folders(masks)) {
      if (kindNames.contains(ImageFolder.fileName(folder)) && ImageFolder.hasImageBelow(folder)) {
        throw new InputException(
            "there are masks both in " + masks + " and in " + folder + "; move them to one place");
      }
    }
    kinds.forEach(ImageFolder::refuseImagesBelow);
    var images = kinds.stream().flatMap(kind -> ImageFolder.images(kind).stream()).toList();
    Map<Path, List<Path>> pairs = MaskPairs.of(images, masks);
    return images.stream()
        .map(image -> DefectFolder.sample(root, image, pairs, ImageFolder.folderName(image)))
        .toList();
  }
}
