package org.aand.io.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.aand.common.InputException;

/**
 * Lists image files outside of data sets: whatever a user points at. Sorted by path; hidden files
 * and folders are passed over, links to folders are not followed.
 */
public final class ImagePaths {
  private static final int MAX_DEPTH = 32;

  private ImagePaths() {}

  /**
   * The images directly in a folder.
   *
   * @throws InputException if it cannot be listed
   */
  public static List<Path> in(Path folder) {
    return walk(folder, 1, ImageFolder::isImage);
  }

  /**
   * The images in a folder and in all folders below.
   *
   * @throws InputException if one cannot be listed
   */
  public static List<Path> below(Path folder) {
    return walk(folder, MAX_DEPTH, ImageFolder::isImage);
  }

  /**
   * The files that a pattern names, such as {@code line1/*.png} or {@code parts/**}{@code /*.jpg}.
   *
   * @param glob as {@link java.nio.file.FileSystem#getPathMatcher} takes it
   * @throws InputException if it is no pattern, or its folder cannot be listed
   */
  public static List<Path> matching(String glob) {
    int wild = indexOfWildcard(glob);
    int slash = glob.lastIndexOf('/', wild);
    var folder = Path.of(slash < 0 ? "" : glob.substring(0, slash + 1));
    try {
      var matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      return walk(folder, MAX_DEPTH, matcher::matches);
    } catch (IllegalArgumentException e) {
      throw new InputException(glob + " is no pattern of files (" + e.getMessage() + ")", e);
    }
  }

  /** Whether a text has a wildcard. */
  public static boolean isGlob(String text) {
    return indexOfWildcard(text) < text.length();
  }

  private static int indexOfWildcard(String text) {
    int at = 0;
    while (at < text.length() && "*?[{".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static List<Path> walk(Path folder, int depth, Predicate<Path> which) {
    if (!Files.isDirectory(folder)) {
      throw new InputException("there is no folder " + folder);
    }
    try (var files = Files.walk(folder, depth)) {
      return files
          .filter(file -> !hidden(folder, file))
          // A link that leads nowhere is no image, but has to be named by whoever reads it.
          .filter(file -> !Files.isDirectory(file))
          .filter(which)
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("cannot list the folder " + folder + " (" + e + ")", e);
    }
  }

  private static boolean hidden(Path folder, Path file) {
    for (Path part : folder.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
