package org.aand.io.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds dataset folders for tests, with files that hold their own names. */
record CategoryFolder(Path root) {
  CategoryFolder with(String... names) {
    try {
      for (String name : names) {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, name);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
