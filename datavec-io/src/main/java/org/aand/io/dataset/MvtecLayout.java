package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.io.InputException;

/**
 * The folder layout of MVTec AD, which most industrial data sets come in:
 *
 * <pre>
 * DATA/CATEGORY/train/good/NAME.png
 * DATA/CATEGORY/test/good/NAME.png
 * DATA/CATEGORY/test/KIND/NAME.png
 * DATA/CATEGORY/ground_truth/KIND/NAME_mask.png      (or NAME.png)
 * </pre>
 *
 * <p>Images are png, jpg, jpeg, bmp, tif or tiff files, in upper or lower case, and need not be of
 * one type. A kind of defect may come without masks; if it has some, each of its images needs one.
 * Hidden files, readme and licence texts are passed over. Everything is sorted by name, so a folder
 * always gives the same category whatever the file system.
 */
public final class MvtecLayout {
  /** The category name for a data folder that is itself the category. */
  public static final String ITSELF = ".";

  private static final Path TRAIN = Path.of("train", Sample.GOOD);

  private MvtecLayout() {}

  /**
   * Lists a category's images. No image is read yet.
   *
   * @param data the folder that holds the categories
   * @param categoryName the category's folder there; {@value #ITSELF} for data itself
   * @return the category
   * @throws InputException if there is no such folder, it has no training images, a file is of no
   *     known type, or images and masks do not pair up
   */
  public static Category open(Path data, String categoryName) {
    if (!Files.isDirectory(data)) {
      throw new InputException(
          "there is no data folder " + data + "; name the folder that holds the categories");
    }
    Path root = data.resolve(categoryName).normalize();
    if (!Files.isDirectory(root)) {
      throw new InputException(
          "there is no category " + categoryName + " in " + data + "; " + whatIsThere(data));
    }
    String name = ImageFolder.fileName(root.toAbsolutePath().normalize());
    return new Category(name, root, train(root), test(root));
  }

  /**
   * The categories that a folder holds.
   *
   * @param data the folder
   * @return the names of the folders in it that have {@code train/good}, sorted; may be empty
   * @throws InputException if the folder cannot be listed
   */
  public static List<String> categories(Path data) {
    return ImageFolder.folders(data).stream()
        .filter(folder -> Files.isDirectory(folder.resolve(TRAIN)))
        .map(ImageFolder::fileName)
        .toList();
  }

  private static String whatIsThere(Path data) {
    var categories = categories(data);
    if (!categories.isEmpty()) {
      return "there are: " + String.join(", ", categories);
    }
    return Files.isDirectory(data.resolve(TRAIN))
        ? "the folder is a category itself, which is called \"" + ITSELF + "\""
        : "no folder in it has " + TRAIN;
  }

  private static List<Sample> train(Path root) {
    Path folder = root.resolve(TRAIN);
    var images = Files.isDirectory(folder) ? ImageFolder.images(folder) : List.<Path>of();
    if (images.isEmpty()) {
      throw new InputException("there are no training images in " + folder);
    }
    return images.stream()
        .map(image -> sample(root, image, Optional.empty(), Sample.GOOD))
        .toList();
  }

  private static List<Sample> test(Path root) {
    Path testFolder = root.resolve("test");
    Path maskFolder = root.resolve("ground_truth");
    List<Path> kinds = foldersOrNone(testFolder);
    refuseMasksWithoutKind(maskFolder, kinds);
    var samples = new ArrayList<Sample>();
    for (Path folder : kinds) {
      String kind = ImageFolder.fileName(folder);
      var images = ImageFolder.images(folder);
      Map<Path, Path> masks =
          kind.equals(Sample.GOOD) ? Map.of() : MaskPairs.of(images, maskFolder.resolve(kind));
      for (Path image : images) {
        samples.add(sample(root, image, Optional.ofNullable(masks.get(image)), kind));
      }
    }
    return samples;
  }

  private static List<Path> foldersOrNone(Path folder) {
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

  private static void refuseMasksWithoutKind(Path maskFolder, List<Path> kinds) {
    for (Path folder : foldersOrNone(maskFolder)) {
      boolean known =
          kinds.stream().map(ImageFolder::fileName).anyMatch(ImageFolder.fileName(folder)::equals);
      if (!known && !ImageFolder.images(folder).isEmpty()) {
        throw new InputException(
            "the masks in " + folder + " belong to no images: the test folder has no such kind");
      }
    }
  }

  private static Sample sample(Path root, Path image, Optional<Path> mask, String defect) {
    return new Sample(ImageFolder.relativeName(root, image), image, mask, defect);
  }
}
