package org.aand.common.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.aand.common.InputException;

/** Writes a whole file or none: beside its place first, then moved there. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to the stream, which is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, replacing one that is there. Missing folders are made.
   *
   * @throws InputException if it cannot be written; nothing is left behind then
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new InputException("cannot write " + file + ": it is a folder; name a file");
    }
    try {
      Files.createDirectories(folder);
      // Not a temporary file, which only its owner could read after the move.
      Path beside =
          folder.resolve(
              "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
          content.writeTo(out);
        }
        move(beside, target);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot write " + file + ": " + e + "; check the folder and the space on the disk", e);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
