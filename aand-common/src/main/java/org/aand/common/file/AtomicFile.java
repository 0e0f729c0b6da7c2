package org.aand.common.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.aand.common.InputException;

/**
 * Writes a whole file or none: beside its place first, then moved there.
 *
 * <p>Only regular files are replaced. A link stays, and the file behind it is written; a FIFO, a
 * device or an open file such as {@code /dev/stdout} is written into. A file that cannot be
 * replaced, because it is mounted or its folder is closed to new files, is overwritten.
 */
public final class AtomicFile {
  /** Tells apart what several threads write at the same time, perhaps to the same place. */
  private static final AtomicLong WRITES = new AtomicLong();

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything to the stream, which is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes the content of a file by its path, for libraries that take no stream. */
  @FunctionalInterface
  public interface PathContent {
    /** Writes everything to a regular file of that path. */
    void writeTo(Path file) throws IOException;
  }

  /**
   * Writes a file, replacing one that is there. Missing folders are made.
   *
   * @throws InputException if it cannot be written; nothing is left behind then
   */
  public static void write(Path file, Content content) {
    try {
      if (OutputPlace.isStream(file)) {
        try (var out = appending(file)) {
          content.writeTo(out);
        }
      } else {
        replace(file, path -> writeTo(path, content));
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * The same for content that needs a path to write to.
   *
   * @throws InputException if it cannot be written; nothing is left behind then
   */
  public static void writeByPath(Path file, PathContent content) {
    try {
      if (OutputPlace.isStream(file)) {
        var whole = Files.createTempFile("aand-", ".part");
        try {
          content.writeTo(whole);
          try (var out = appending(file)) {
            Files.copy(whole, out);
          }
        } finally {
          Files.deleteIfExists(whole);
        }
      } else {
        replace(file, content);
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * Checks, before the work for it begins, that a file can be written. Missing folders are made;
   * the file itself is left as it is.
   *
   * @throws InputException if it cannot be written
   */
  public static void requireWritable(Path file) {
    try {
      if (OutputPlace.isStream(file)) {
        return;
      }
      var target = OutputPlace.behindLinks(file);
      var folder = folderOf(target, file);
      if (!Files.isWritable(folder) && !(Files.isRegularFile(target) && Files.isWritable(target))) {
        throw new AccessDeniedException(folder.toString());
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * Checks, before the work for them begins, that files can be written to a folder. It is made if
   * it is not there.
   *
   * @throws InputException if it is a file, or nothing can be written to it
   */
  public static void requireWritableFolder(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException("cannot write to " + folder + ": it is a file; name a folder");
    }
    try {
      OutputPlace.makeFolder(folder);
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** The folder that a file is to be written to, made if it is not there. */
  private static Path folderOf(Path target, Path named) throws IOException {
    var folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new InputException("cannot write " + named + ": it is a folder; name a file");
    }
    OutputPlace.makeFolder(folder);
    return folder;
  }

  /** Appending, so that what was written to an open file before stays. */
  private static OutputStream appending(Path file) throws IOException {
    return new BufferedOutputStream(
        Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
  }

  private static void writeTo(Path path, Content content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path))) {
      content.writeTo(out);
    }
  }

  private static void replace(Path file, PathContent content) throws IOException {
    var target = OutputPlace.behindLinks(file);
    var folder = folderOf(target, file);
    if (Files.isRegularFile(target) && !Files.isWritable(folder)) {
      content.writeTo(target);
      return;
    }
    // Not a temporary file, which only its owner could read after the move.
    var writer = ProcessHandle.current().pid() + "." + WRITES.incrementAndGet();
    var beside = folder.resolve("." + target.getFileName() + "." + writer + ".part");
    try {
      content.writeTo(beside);
      move(beside, target);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      if (!Files.isRegularFile(to)) {
        throw e;
      }
      // A file that is a mount point itself, as containers have them, is busy for ever.
      writeTo(to, out -> Files.copy(from, out));
    }
  }

  private static InputException failure(Path file, IOException e) {
    return new InputException(
        "cannot write "
            + file
            + ": "
            + IoReason.of(e)
            + "; check the folder and the space on the disk",
        e);
  }
}
