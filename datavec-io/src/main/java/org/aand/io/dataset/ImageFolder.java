package org.aand.io.dataset;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.aand.common.InputException;

/** Lists folders, always in the same order, and knows image files by their names. */
final class ImageFolder {
  private static final Set<String> IMAGE_TYPES = Set.of("png", "jpg", "jpeg", "bmp", "tif", "tiff");
  private static final Set<String> SYSTEM_FILES = Set.of("thumbs.db", "desktop.ini");

  private ImageFolder() {}

  /**
   * The images directly in a folder, sorted by name.
   *
   * @throws InputException if it cannot be listed, or holds a file that is neither an image nor
   *     something that lies about in data sets: it might be an image of a type that is not read,
   *     and silently leaving it out would change results
   */
  static List<Path> images(Path folder) {
    var files = list(folder, Files::isRegularFile);
    for (Path file : files) {
      if (!isImage(file) && !isBystander(file)) {
        throw new InputException(notRead(file));
      }
    }
    return files.stream().filter(ImageFolder::isImage).toList();
  }

  /** Says that a file is of a type that is not read. */
  static String notRead(Path file) {
    return file
        + " is not an image file that is read (png, jpg, jpeg, bmp, tif, tiff);"
        + " convert it or move it away";
  }

  /** The folders directly in a folder, hidden ones left out, sorted by name. */
  static List<Path> folders(Path folder) {
    return list(folder, Files::isDirectory);
  }

  /** Whether there is an image directly in a folder; false if there is no such folder. */
  static boolean hasImage(Path folder) {
    return Files.isDirectory(folder)
        && list(folder, Files::isRegularFile).stream().anyMatch(ImageFolder::isImage);
  }

  /** Whether the name is that of an image file, in upper or lower case. */
  static boolean isImage(Path file) {
    return IMAGE_TYPES.contains(type(fileName(file)));
  }

  /** The file's name. */
  static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The name of the folder that a file is in. */
  static String folderName(Path file) {
    return fileName(file.resolveSibling("").toAbsolutePath().normalize());
  }

  /** The file's name without its type. */
  static String stem(Path file) {
    String name = fileName(file);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** The path below a folder, with forward slashes on every system. */
  static String relativeName(Path folder, Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private static boolean isBystander(Path file) {
    String name = fileName(file).toLowerCase(Locale.ROOT);
    return SYSTEM_FILES.contains(name)
        || name.startsWith("readme")
        || name.startsWith("license")
        || name.startsWith("licence")
        || Set.of("txt", "md").contains(type(name));
  }

  private static String type(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static List<Path> list(Path folder, Predicate<Path> which) {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(entry -> !fileName(entry).startsWith("."))
          .filter(which)
          .sorted(Comparator.comparing(ImageFolder::fileName))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("cannot list the folder " + folder + " (" + e + ")", e);
    }
  }
}
