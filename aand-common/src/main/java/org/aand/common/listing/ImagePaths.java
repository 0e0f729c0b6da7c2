package org.aand.common.listing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aand.common.InputException;

/**
 * Lists image files outside of data sets: whatever a user points at. Sorted by path; hidden files
 * and folders are passed over. A folder may be named by a link to it, but links to folders below it
 * are not followed, and are said to be left out if they lead elsewhere.
 */
public final class ImagePaths {
  private ImagePaths() {}

  /**
   * The images directly in a folder, as those of a data set: what is left out would change results.
   *
   * @throws InputException if it cannot be listed, holds a file that may be an image but is not
   *     read, or folders with images
   */
  public static List<Path> in(Path folder) {
    requireFolder(folder);
    var images = ImageFolder.images(folder);
    if (!images.isEmpty()) {
      ImageFolder.refuseImagesBelow(folder);
    }
    return images;
  }

  /**
   * The images in a folder and in all folders below.
   *
   * @throws InputException if one cannot be listed
   */
  public static ImageListing below(Path folder) {
    var images = new ArrayList<Path>();
    var leftOut = new ArrayList<LeftOutFile>();
    for (Path file : walk(folder, Integer.MAX_VALUE)) {
      var reason = reason(folder, file);
      if (reason.isPresent()) {
        leftOut.add(new LeftOutFile(file, reason.get()));
      } else if (!Files.isDirectory(file) && !ImageFolder.isBystander(file)) {
        images.add(file);
      }
    }
    return new ImageListing(images, leftOut);
  }

  /**
   * The files that a pattern names, such as {@code line1/*.png} or {@code parts/**}{@code /*.jpg},
   * whatever they are. What exists under the names at its beginning is taken by its name.
   *
   * @param glob as {@link java.nio.file.FileSystem#getPathMatcher} takes it
   * @throws InputException if it is no pattern, or its folder cannot be listed
   */
  public static ImageListing matching(String glob) {
    int from = literalLength(glob);
    var folder = FileNames.path(glob.substring(0, from));
    String pattern = glob.substring(from);
    boolean anyDepth = pattern.contains("**");
    int depth = anyDepth ? Integer.MAX_VALUE : pattern.split("/", -1).length;
    PathMatcher whole = matcher(pattern, glob);
    var images = new ArrayList<Path>();
    var leftOut = new ArrayList<LeftOutFile>();
    for (Path file : walk(folder, depth)) {
      if (!Files.isDirectory(file)) {
        var named = folder.relativize(file);
        if (whole.matches(named)) {
          var problem = FileNames.problem(file);
          problem.ifPresent(reason -> leftOut.add(new LeftOutFile(file, reason)));
          if (problem.isEmpty()) {
            images.add(file);
          }
        }
      } else if (anyDepth || leadsOn(folder.relativize(file), pattern)) {
        reason(folder, file).ifPresent(reason -> leftOut.add(new LeftOutFile(file, reason)));
      }
    }
    return new ImageListing(images, leftOut);
  }

  /** Whether a text has a wildcard. */
  public static boolean isGlob(String text) {
    return indexOfWildcard(text) < text.length();
  }

  private static PathMatcher matcher(String pattern, String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (IllegalArgumentException e) {
      throw new InputException(glob + " is no pattern of files (" + e.getMessage() + ")", e);
    }
  }

  /** Whether files below a folder may match a pattern without {@code **}. */
  private static boolean leadsOn(Path folder, String pattern) {
    String[] parts = pattern.split("/", -1);
    int depth = folder.getNameCount();
    // Braces may hold slashes, so that the parts are no patterns of their own.
    return pattern.contains("{")
        || (depth < parts.length
            && matcher(String.join("/", List.of(parts).subList(0, depth)), pattern)
                .matches(folder));
  }

  private static int indexOfWildcard(String text) {
    int at = 0;
    while (at < text.length() && "*?[{".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  /** How much of a pattern, up to a slash, is the name of a folder. */
  private static int literalLength(String glob) {
    int wild = indexOfWildcard(glob);
    int length = glob.lastIndexOf('/', wild) + 1;
    for (int slash = glob.indexOf('/', length);
        slash >= 0 && Files.isDirectory(FileNames.path(glob.substring(0, slash)));
        slash = glob.indexOf('/', length)) {
      length = slash + 1;
    }
    return length;
  }

  /** Why something in a folder is left out; empty if it is an image, or nothing to speak of. */
  private static Optional<String> reason(Path start, Path file) {
    var name = FileNames.problem(file);
    if (name.isPresent()) {
      return name;
    }
    if (Files.isDirectory(file)) {
      return leadsElsewhere(start, file)
          ? Optional.of("is a link to a folder, which is not followed; name it too")
          : Optional.empty();
    }
    return ImageFolder.isBystander(file) ? Optional.empty() : ImageFolder.refusal(file);
  }

  private static boolean leadsElsewhere(Path start, Path link) {
    try {
      return !link.toRealPath().startsWith(start.toRealPath());
    } catch (IOException e) {
      return true;
    }
  }

  /** All files and links below a folder, sorted. */
  private static List<Path> walk(Path folder, int depth) {
    requireFolder(folder);
    try {
      Path real = folder.toRealPath();
      try (Stream<Path> entries = Files.walk(real, depth)) {
        Predicate<Path> isFolder = entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
        return entries
            .filter(isFolder.negate())
            .map(real::relativize)
            .filter(entry -> !hidden(entry))
            .map(folder::resolve)
            .sorted()
            .toList();
      }
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("cannot list the folder " + folder + " (" + e + ")", e);
    }
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "there is no folder " + folder + FileNames.whyMissing(folder.toString()));
    }
  }

  private static boolean hidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }
}
