package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;

/**
 * Knows folders whose names say normal or defective in other words than the layouts do, such as OK
 * and NG. Taken for kinds of defects or for categories, they would turn results round.
 */
final class KindNames {
  private static final Set<String> NORMAL =
      Set.of(
          "good",
          "ok",
          "okay",
          "io",
          "normal",
          "normals",
          "pass",
          "passed",
          "defect-free",
          "defect_free",
          "defectfree",
          "no_defect",
          "non_defective",
          "faultless",
          "gut");
  private static final Set<String> DEFECTIVE =
      Set.of(
          "bad",
          "ng",
          "nok",
          "not_ok",
          "nio",
          "ko",
          "abnormal",
          "anomaly",
          "anomalies",
          "anomalous",
          "fail",
          "failed",
          "defect",
          "defects",
          "defective",
          "faulty",
          "reject",
          "rejects",
          "rejected",
          "scrap",
          "schlecht");

  /** A data set's normal images lie at most so deep: CATEGORY/train/good. */
  private static final int DEPTH = 3;

  private KindNames() {}

  /**
   * Refuses a folder of normal images among those of defects.
   *
   * @param kinds folders of kinds, {@link Sample#GOOD} among them or not
   * @throws InputException if there is one
   */
  static void refuseNormal(List<Path> kinds) {
    for (Path kind : kinds) {
      if (saysNormal(kind)) {
        throw new InputException(
            "the images in "
                + kind
                + " would count as defective, though its name says that they are normal; "
                + renamed(kind));
      }
    }
  }

  /**
   * Refuses to take labels for categories.
   *
   * @param data the data folder
   * @param folders those in it that have images
   * @throws InputException if one is called like a label
   */
  static void refuseLabels(Path data, List<Path> folders) {
    var normal = folders.stream().filter(KindNames::saysNormal).findFirst();
    boolean labels = normal.isPresent() || folders.stream().anyMatch(KindNames::saysDefective);
    if (labels) {
      var names = folders.stream().map(ImageFolder::fileName).collect(Collectors.joining(", "));
      throw new InputException(
          "no normal images found in "
              + data
              + ": there are folders "
              + names
              + " but none called "
              + Sample.GOOD
              + "; "
              + normal
                  .map(folder -> renamed(folder) + ", each other folder is then a kind of defect")
                  .orElse("put normal images into " + data.resolve(Sample.GOOD)));
    }
  }

  /** Says what to rename where normal images are called otherwise. */
  static Optional<String> advice(Path folder) {
    return find(folder, DEPTH).map(KindNames::renamed);
  }

  private static Optional<Path> find(Path folder, int depth) {
    if (depth == 0 || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    var folders = ImageFolder.folders(folder);
    return folders.stream()
        .filter(KindNames::saysNormal)
        .findFirst()
        .or(() -> folders.stream().flatMap(f -> find(f, depth - 1).stream()).findFirst());
  }

  private static String renamed(Path folder) {
    return "rename " + folder + " to " + Sample.GOOD;
  }

  private static boolean saysNormal(Path folder) {
    String name = ImageFolder.fileName(folder);
    return !name.equals(Sample.GOOD) && NORMAL.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean saysDefective(Path folder) {
    return DEFECTIVE.contains(ImageFolder.fileName(folder).toLowerCase(Locale.ROOT));
  }
}
