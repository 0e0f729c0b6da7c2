package org.aand.io.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aand.common.InputException;

/** Which layout a data folder has: a named one, or whichever its content shows. */
public enum LayoutChoice {
  /**
   * Found out from what is in the folder, not from its name: the one of MVTec AD, VisA and MVTec
   * 3D-AD that fits, else plain folders.
   */
  AUTO("", LayoutChoice::detect),
  /** {@link MvtecLayout}, of MVTec LOCO AD too. */
  MVTEC("CATEGORY/train/good", MvtecLayout::new),
  /** {@link VisaLayout}. */
  VISA("split_csv/1cls.csv or meta.json", VisaLayout::new),
  /** {@link Mvtec3dLayout}. */
  MVTEC3D("CATEGORY/train/good/rgb", Mvtec3dLayout::new),
  /** {@link FolderLayout}. */
  FOLDER("images, or a folder good", FolderLayout::new);

  private final String sign;

  @SuppressWarnings("ImmutableEnumChecker") // constructors and a static method hold no state
  private final Function<Path, DatasetLayout> at;

  LayoutChoice(String sign, Function<Path, DatasetLayout> at) {
    this.sign = sign;
    this.at = at;
  }

  /** What it is called on the command line and in results. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The layout of a folder.
   *
   * @throws InputException if it was to be recognised and none fits, or several do
   */
  public DatasetLayout at(Path data) {
    return at.apply(data);
  }

  private static DatasetLayout detect(Path data) {
    if (!Files.isDirectory(data)) {
      throw new InputException(
          "there is no data folder " + data + "; name the folder that holds the categories");
    }
    var fitting =
        Stream.of(MVTEC, VISA, MVTEC3D).filter(choice -> choice.at(data).recognised()).toList();
    if (fitting.size() > 1) {
      throw new InputException(
          data + " fits several layouts: " + describe(fitting) + "; choose one with --layout");
    }
    if (!fitting.isEmpty()) {
      return fitting.get(0).at(data);
    }
    if (FOLDER.at(data).recognised()) {
      return FOLDER.at(data);
    }
    throw new InputException(
        data
            + " has none of the layouts that are read: "
            + describe(List.of(MVTEC, VISA, MVTEC3D, FOLDER))
            + "; "
            + KindNames.advice(data).orElse("name another folder"));
  }

  private static String describe(List<LayoutChoice> choices) {
    return choices.stream()
        .map(choice -> choice.key() + " (" + choice.sign + ")")
        .collect(Collectors.joining(", "));
  }
}
