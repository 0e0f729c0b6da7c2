package org.aand.serve.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.aand.api.Detection;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.OutputPlace;

/**
 * A folder that predict writes a drawn image into for every image, each under a name of its own.
 */
final class DrawnFolder {
  /** What is drawn. */
  enum Kind {
    /** The anomaly map in colour. */
    HEATMAP(".heatmap.png", Detection::heatmap),
    /** The regions, 255, on 0, of the image's size. */
    MASK(".mask.png", Detection::mask),
    /** The image with the regions' outlines, of its size. */
    OVERLAY(".overlay.png", Detection::overlay);

    private final String suffix;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final Function<Detection, byte[]> drawing;

    Kind(String suffix, Function<Detection, byte[]> drawing) {
      this.suffix = suffix;
      this.drawing = drawing;
    }

    /** Whether it shows regions, which need a pixel threshold. */
    boolean showsRegions() {
      return this != HEATMAP;
    }
  }

  private static final int LONGEST_NAME = 200;

  private final Kind kind;
  private final Path folder;
  private final Set<String> names = new HashSet<>();

  DrawnFolder(Kind kind, Path folder) {
    this.kind = kind;
    this.folder = folder;
  }

  Kind kind() {
    return kind;
  }

  boolean isAt(Path place) {
    return OutputPlace.same(folder, place);
  }

  /** Whether an image may be replaced by a drawn one, as those of an earlier run are. */
  boolean mayReplace(Path image) {
    var place = image.toAbsolutePath().getParent();
    return place != null && image.toString().endsWith(kind.suffix) && isAt(place);
  }

  /**
   * @throws org.aand.common.InputException if nothing can be written there
   */
  void requireWritable() {
    AtomicFile.requireWritableFolder(folder);
    AtomicFile.requireWritable(folder.resolve("x.png"));
  }

  void write(Path image, Detection found) {
    var png = kind.drawing.apply(found);
    AtomicFile.write(folder.resolve(name(image)), out -> out.write(png));
  }

  /**
   * The image's name, numbered where folders hold images of one name. Names that differ in case
   * alone are one on some file systems.
   */
  private String name(Path image) {
    var name = shortened(String.valueOf(image.getFileName()));
    var free = name + kind.suffix;
    for (int i = 2; !names.add(free.toLowerCase(Locale.ROOT)); i++) {
      free = name + "." + i + kind.suffix;
    }
    return free;
  }

  /** File systems take names of 255 bytes, of which the suffix and an unfinished file need some. */
  private static String shortened(String name) {
    var cut = name;
    while (cut.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
