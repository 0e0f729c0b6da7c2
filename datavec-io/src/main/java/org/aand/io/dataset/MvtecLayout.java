package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.listing.ImageFolder;

/**
 * The layout of MVTec AD, which most industrial data sets come in:
 *
 * <pre>
 * DATA/CATEGORY/train/good/NAME.png
 * DATA/CATEGORY/test/good/NAME.png
 * DATA/CATEGORY/test/KIND/NAME.png
 * DATA/CATEGORY/ground_truth/KIND/NAME_mask.png      (or NAME.png)
 * </pre>
 *
 * and that of MVTec LOCO AD, which has besides
 *
 * <pre>
 * DATA/CATEGORY/validation/good/NAME.png             held-out normal images
 * DATA/CATEGORY/ground_truth/KIND/NAME/000.png       the parts of one mask
 * </pre>
 *
 * <p>Masks are anomalous wherever not zero: MVTec AD's are 0 and 255, LOCO's have a value for each
 * kind.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>P. Bergmann, M. Fauser, D. Sattlegger, C. Steger. MVTec AD: a comprehensive real-world
 *       dataset for unsupervised anomaly detection. CVPR 2019.
 *   <li>P. Bergmann, K. Batzner, M. Fauser, D. Sattlegger, C. Steger. Beyond dents and scratches:
 *       logical constraints in unsupervised anomaly detection and localization. IJCV 2022.
 * </ol>
 *
 * @param data the folder that holds the categories, or is one
 */
public record MvtecLayout(Path data) implements DatasetLayout {
  private static final Path TRAIN = Path.of("train", Sample.GOOD);

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
        DefectFolder.good(root, root.resolve(Path.of("validation", Sample.GOOD))),
        test(root));
  }

  private CategoryFolders folders() {
    return new CategoryFolders(data, TRAIN.toString(), MvtecLayout::isCategory);
  }

  private static boolean isCategory(Path folder) {
    return Files.isDirectory(folder.resolve(TRAIN)) && !Mvtec3dLayout.isCategory(folder);
  }

  private static List<Sample> test(Path root) {
    Path maskFolder = root.resolve("ground_truth");
    List<Path> kinds = DefectFolder.foldersOrNone(root.resolve("test"));
    KindNames.refuseNormal(kinds);
    DefectFolder.refuseMasksWithoutKind(maskFolder, kinds);
    var samples = new ArrayList<Sample>();
    for (Path folder : kinds) {
      String kind = ImageFolder.fileName(folder);
      samples.addAll(new DefectFolder(root, kind, folder, maskFolder.resolve(kind)).samples());
    }
    return samples;
  }
}
