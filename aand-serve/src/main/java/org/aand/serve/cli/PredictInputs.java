package org.aand.serve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.aand.common.InputException;
import org.aand.common.listing.FileNames;
import org.aand.common.listing.ImageListing;
import org.aand.common.listing.ImagePaths;
import org.aand.common.listing.LeftOutFile;

/** The image files that a user's words name. */
final class PredictInputs {
  private static final String LIST = "-";

  /** So many names a message has at most. */
  private static final int SHOWN = 5;

  private PredictInputs() {}

  /**
   * Lists the files in the order of the words, each once.
   *
   * @param words folders (with everything below), files, patterns, or - for a list on the input,
   *     one path a line; what exists is taken by its name even if that looks like a pattern
   * @throws InputException if a word names nothing
   */
  static ImageListing of(List<String> words, InputStream input) {
    var files = new LinkedHashSet<Path>();
    var leftOut = new LinkedHashSet<LeftOutFile>();
    for (var word : words) {
      var named =
          word.equals(LIST) ? new ImageListing(PathList.read(input), List.of()) : files(word);
      if (named.images().isEmpty()) {
        throw new InputException(
            word.equals(LIST)
                ? "the list of images is empty"
                : "there are no images in "
                    + word
                    + FileNames.whyMissing(word)
                    + inParentheses(named.leftOut()));
      }
      files.addAll(named.images());
      leftOut.addAll(named.leftOut());
    }
    return new ImageListing(
        List.copyOf(files),
        leftOut.stream().filter(file -> !isCovered(file.path(), words)).toList());
  }

  /** What was left out, as lines: some names, then a count. */
  static List<String> lines(List<LeftOutFile> leftOut) {
    var lines = new ArrayList<String>();
    leftOut.stream().limit(SHOWN).forEach(file -> lines.add("left out: " + file));
    if (leftOut.size() > SHOWN) {
      lines.add("left out: " + (leftOut.size() - SHOWN) + " more");
    }
    return lines;
  }

  private static String inParentheses(List<LeftOutFile> leftOut) {
    return leftOut.isEmpty()
        ? ""
        : " ("
            + leftOut.stream()
                .limit(SHOWN)
                .map(LeftOutFile::toString)
                .collect(Collectors.joining("; "))
            + (leftOut.size() > SHOWN ? "; and " + (leftOut.size() - SHOWN) + " more" : "")
            + ")";
  }

  private static ImageListing files(String word) {
    if (ImagePaths.isGlob(word) && !exists(word)) {
      return ImagePaths.matching(word);
    }
    var path = FileNames.path(word);
    return Files.isDirectory(path)
        ? ImagePaths.below(path)
        : new ImageListing(List.of(path), List.of());
  }

  private static boolean exists(String word) {
    try {
      return Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Whether a link leads into a folder that another word names. */
  private static boolean isCovered(Path link, List<String> words) {
    if (!Files.isDirectory(link)) {
      return false;
    }
    try {
      Path real = link.toRealPath();
      for (var word : words) {
        if (exists(word) && real.startsWith(Path.of(word).toRealPath())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
