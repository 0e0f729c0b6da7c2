package org.aand.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file by which programs tell each other that one of them writes to an output. It is rewritten
 * while others read it, so what they see may be part of it.
 */
final class ClaimFile {
  private static final String NAME = "_aand/claim.json";

  private final FileSystem system;
  private final Path path;

  private ClaimFile(FileSystem system, Path path) {
    this.system = system;
    this.path = path;
  }

  /** The file of an output, whether it is there or not. */
  static ClaimFile of(Path output, Configuration hadoop) throws IOException {
    var system = output.getFileSystem(hadoop);
    // A checksum beside the file would be behind or ahead of it for readers.
    var plain = system instanceof LocalFileSystem local ? local.getRawFileSystem() : system;
    return new ClaimFile(plain, new Path(output, NAME));
  }

  /** What is in it; empty if there is none. */
  Optional<String> read() throws IOException {
    try (var in = system.open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Writes it, unless it is there; whether it was written. */
  boolean create(String content) throws IOException {
    try {
      write(content, false);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Writes it in the place of what is there. */
  void replace(String content) throws IOException {
    write(content, true);
  }

  private void write(String content, boolean overwrite) throws IOException {
    try (var out = system.create(path, overwrite)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Deletes it. */
  void delete() throws IOException {
    system.delete(path, false);
  }
}
