package org.aand.serve.watch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.aand.api.Verdict;
import org.aand.common.listing.ImageFolder;

/**
 * Moves images that are decided on to a folder for each verdict, below it as they were below the
 * watched folder. No file is overwritten: the second {@code a.png} becomes {@code a.2.png}. To
 * another file system it is copied, under a hidden name until it is whole, then deleted here.
 */
final class ImageMover {
  private final Path from;
  private final Path to;

  ImageMover(Path from, Path to) {
    this.from = from;
    this.to = to;
  }

  /** The folders that images are moved to. */
  Set<Path> targets() {
    return Set.of(folder(Verdict.NORMAL), folder(Verdict.ANOMALOUS));
  }

  private Path folder(Verdict verdict) {
    return to.resolve(verdict.key());
  }

  /**
   * Moves a file; one that could not be used or decided on stays.
   *
   * @param resumed whether an earlier attempt may have been interrupted at any point
   * @return whether the file is no longer where it was
   * @throws IOException if it cannot be moved; it is then where it was
   */
  boolean move(Decided decided, boolean resumed) throws IOException {
    var verdict = decided.result().verdict();
    if (verdict.isEmpty() || verdict.get() == Verdict.UNDECIDED) {
      return false;
    }
    var source = from.resolve(decided.stamp().name());
    try {
      var now = FileStamp.of(decided.stamp().name(), attributes(source));
      if (!now.equals(decided.stamp())) {
        // Another image by now, which will be decided on by itself.
        return false;
      }
      var target = folder(verdict.get()).resolve(decided.stamp().name());
      Files.createDirectories(target.resolveSibling(""));
      place(source, target, resumed);
      return true;
    } catch (NoSuchFileException e) {
      if (!Files.isDirectory(from)) {
        throw e;
      }
      return true;
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class);
  }

  private static void place(Path source, Path target, boolean resumed) throws IOException {
    for (int i = 1; ; i++) {
      var free = i == 1 ? target : numbered(target, i);
      if (resumed && Files.isRegularFile(free)) {
        if (Files.mismatch(source, free) < 0) {
          // Copied whole before, but not deleted here.
          Files.delete(source);
          return;
        }
        if (Files.size(free) == 0) {
          moveOnto(source, free);
          return;
        }
      }
      try {
        // Whoever makes the file first has the name.
        Files.createFile(free);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      try {
        moveOnto(source, free);
        return;
      } catch (IOException e) {
        Files.deleteIfExists(free);
        throw e;
      }
    }
  }

  private static Path numbered(Path target, int number) {
    var name = ImageFolder.fileName(target);
    var stem = ImageFolder.stem(target);
    return target.resolveSibling(stem + "." + number + name.substring(stem.length()));
  }

  private static void moveOnto(Path source, Path reserved) throws IOException {
    try {
      Files.move(source, reserved, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      copy(source, reserved);
      Files.delete(source);
    }
  }

  private static void copy(Path source, Path reserved) throws IOException {
    var beside = reserved.resolveSibling("." + ImageFolder.fileName(reserved) + ".part");
    try {
      Files.copy(
          source, beside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(beside, reserved, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
