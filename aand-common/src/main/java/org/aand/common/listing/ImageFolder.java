package org.aand.common.listing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.aand.common.InputException;
import org.aand.common.image.ImageFormat;

/**
 * Lists folders, always in the same order, and tells what is an image there: a file whose name ends
 * as images' do, or whose first bytes are those of one. Hidden files and those that lie about in
 * data sets are none.
 */
public final class ImageFolder {
  private static final Set<String> SYSTEM_FILES = Set.of("thumbs.db", "ehthumbs.db", "desktop.ini");
  private static final Set<String> TEXTS =
      Set.of(
          "txt", "md", "csv", "tsv", "json", "jsonl", "xml", "yaml", "yml", "toml", "ini", "log",
          "htm", "html", "pdf");

  private ImageFolder() {}

  /**
   * The images directly in a folder, sorted by name.
   *
   * @throws InputException if it cannot be listed, or holds a file that is neither an image nor
   *     something that lies about in data sets: it might be an image of a type that is not read,
   *     and silently leaving it out would change results
   */
  public static List<Path> images(Path folder) {
    var files = list(folder, file -> !Files.isDirectory(file) && !isBystander(file));
    for (Path file : files) {
      refusal(file)
          .ifPresent(
              refusal -> {
                throw new InputException(file + " " + refusal);
              });
    }
    return files;
  }

  /**
   * Why a file is no image.
   *
   * @return completes a sentence that begins with the file, and says what to do; empty if it is one
   */
  public static Optional<String> refusal(Path file) {
    return ImageFormat.isNamedLikeOne(fileName(file))
        ? Optional.empty()
        : ImageFormat.refusal(file);
  }

  /** The folders directly in a folder, hidden ones left out, sorted by name. */
  public static List<Path> folders(Path folder) {
    return list(folder, Files::isDirectory);
  }

  /** Whether there is an image directly in a folder; false if there is no such folder. */
  public static boolean hasImage(Path folder) {
    return Files.isDirectory(folder)
        && list(folder, Files::isRegularFile).stream()
            .anyMatch(file -> !isBystander(file) && refusal(file).isEmpty());
  }

  /** Whether there is an image in a folder or at any depth below it. */
  public static boolean hasImageBelow(Path folder) {
    return hasImage(folder) || folders(folder).stream().anyMatch(ImageFolder::hasImageBelow);
  }

  /**
   * Refuses images in the folders of a folder of images, where they would not be found.
   *
   * @throws InputException if there are some
   */
  public static void refuseImagesBelow(Path folder) {
    for (Path deeper : folders(folder)) {
      if (hasImageBelow(deeper)) {
        throw new InputException(
            "the images in "
                + deeper
                + " are nested too deeply; move them into "
                + folder
                + ", or the folder away");
      }
    }
  }

  /** The file's name. */
  public static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** The name of the folder that a file is in. */
  public static String folderName(Path file) {
    return fileName(file.resolveSibling("").toAbsolutePath().normalize());
  }

  /** The file's name without its type. */
  public static String stem(Path file) {
    String name = fileName(file);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** The path below a folder, with forward slashes on every system. */
  public static String relativeName(Path folder, Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  /** Whether a file is one of those that lie about among images. */
  public static boolean isBystander(Path file) {
    String name = fileName(file).toLowerCase(Locale.ROOT);
    return !ImageFormat.isNamedLikeOne(name)
        && (SYSTEM_FILES.contains(name)
            || name.startsWith("readme")
            || name.startsWith("license")
            || name.startsWith("licence")
            || TEXTS.contains(name.substring(name.lastIndexOf('.') + 1)));
  }

  private static List<Path> list(Path folder, Predicate<Path> which) {
    try (var entries = Files.list(folder)) {
      var chosen =
          entries
              .filter(entry -> !fileName(entry).startsWith("."))
              .filter(which)
              .sorted(Comparator.comparing(ImageFolder::fileName))
              .toList();
      for (Path entry : chosen) {
        FileNames.problem(entry)
            .ifPresent(
                problem -> {
                  throw new InputException(entry + " " + problem);
                });
      }
      return chosen;
    } catch (IOException | UncheckedIOException e) {
      throw new InputException("cannot list the folder " + folder + " (" + e + ")", e);
    }
  }
}
