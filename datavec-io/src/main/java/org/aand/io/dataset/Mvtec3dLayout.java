package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.listing.ImageFolder;

/**
 * The colour images of MVTec 3D-AD:
 *
 * <pre>
 * DATA/CATEGORY/train/good/rgb/NAME.png
 * DATA/CATEGORY/validation/good/rgb/NAME.png      held-out normal images
 * DATA/CATEGORY/test/KIND/rgb/NAME.png            KIND: good, or a kind of defect
 * DATA/CATEGORY/test/KIND/gt/NAME.png             masks, all black for good
 * </pre>
 *
 * <p>The {@code xyz} folders are not read. Masks, 0 and 255, are anomalous wherever not zero.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>P. Bergmann, X. Jin, D. Sattlegger, C. Steger. The MVTec 3D-AD dataset for unsupervised 3D
 *       anomaly detection and localization. VISAPP 2022.
 * </ol>
 *
 * @param data the folder that holds the categories, or is one
 */
public record Mvtec3dLayout(Path data) implements DatasetLayout {
  private static final String RGB = "rgb";
  private static final Path TRAIN = Path.of("train", Sample.GOOD, RGB);

  @Override
  public List<String> categories() {
    return folders().categories();
  }

  @Override
  public Category open(String category) {
    Path root = folders().root(category);
    return new Category(
        CategoryFolders.name(root),
        root,
        DefectFolder.training(root, root.resolve(TRAIN)),
        DefectFolder.good(root, root.resolve(Path.of("validation", Sample.GOOD, RGB))),
        test(root));
  }

  static boolean isCategory(Path folder) {
    return Files.isDirectory(folder.resolve(TRAIN));
  }

  private CategoryFolders folders() {
    return new CategoryFolders(data, TRAIN.toString(), Mvtec3dLayout::isCategory);
  }

  private static List<Sample> test(Path root) {
    var samples = new ArrayList<Sample>();
    List<Path> kinds = DefectFolder.foldersOrNone(root.resolve("test"));
    KindNames.refuseNormal(kinds);
    for (Path folder : kinds) {
      Path images = folder.resolve(RGB);
      String kind = ImageFolder.fileName(folder);
      samples.addAll(new DefectFolder(root, kind, images, folder.resolve("gt")).samples());
    }
    return samples;
  }
}
