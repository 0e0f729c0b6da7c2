package org.aand.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.aand.common.InputException;
import org.aand.io.dataset.ImagePaths;

/** The image files that a user's words name. */
final class PredictInputs {
  private static final String LIST = "-";

  private PredictInputs() {}

  /**
   * Lists the files in the order of the words, each once.
   *
   * @param words folders (with everything below), files, patterns, or - for a list on the input,
   *     one path a line
   * @throws InputException if a word names nothing
   */
  static List<Path> of(List<String> words, InputStream input) {
    var files = new LinkedHashSet<Path>();
    for (var word : words) {
      var named = word.equals(LIST) ? list(input) : files(word);
      if (named.isEmpty()) {
        throw new InputException(
            word.equals(LIST) ? "the list of images is empty" : "there are no images in " + word);
      }
      files.addAll(named);
    }
    return List.copyOf(files);
  }

  private static List<Path> files(String word) {
    if (ImagePaths.isGlob(word)) {
      return ImagePaths.matching(word);
    }
    var path = path(word);
    return Files.isDirectory(path) ? ImagePaths.below(path) : List.of(path);
  }

  private static Path path(String word) {
    try {
      return Path.of(word);
    } catch (java.nio.file.InvalidPathException e) {
      throw new InputException(word + " is no path", e);
    }
  }

  private static List<Path> list(InputStream input) {
    var files = new ArrayList<Path>();
    var reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    try {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          files.add(path(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
