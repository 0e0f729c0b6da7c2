package org.aand.common.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aand.common.InputException;

/** Where a path that was named for output leads to, links followed, and what is there. */
public final class OutputPlace {
  private static final int MOST_LINKS = 40;

  private OutputPlace() {}

  /**
   * The path that links lead to, the path itself where it is none. Nothing has to be there yet: a
   * link to a file that is to be made leads to that file.
   *
   * @throws FileSystemLoopException if links lead to each other
   * @throws IOException if a link cannot be read
   */
  public static Path behindLinks(Path path) throws IOException {
    var place = path.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(place); i++) {
      if (i == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      place = followed(place);
    }
    return place;
  }

  /** One step; the folder is made real, since {@code ..} in a link starts from where it lies. */
  private static Path followed(Path link) throws IOException {
    var folder = link.getParent();
    var to = Files.readSymbolicLink(link);
    return folder == null ? to : folder.toRealPath().resolve(to).normalize();
  }

  /**
   * Whether two paths lead to one file. A file that is not there yet is only the same as itself.
   *
   * @throws InputException if the system cannot say
   */
  public static boolean same(Path one, Path other) {
    try {
      return one.toAbsolutePath().equals(other.toAbsolutePath())
          || (Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other));
    } catch (IOException e) {
      throw new InputException(
          "cannot compare "
              + one
              + " with "
              + other
              + ": "
              + IoReason.of(e)
              + "; check that both can be read",
          e);
    }
  }

  /**
   * Makes a folder with all above it, if it is not there; a link to a folder is one.
   *
   * @throws IOException if it cannot be made
   */
  public static void makeFolder(Path folder) throws IOException {
    // A link to a folder is an obstacle to createDirectories before Java 19.
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  /**
   * Whether bytes go straight to what is there, because nothing may be moved over it: a device, a
   * FIFO, or an open file of this process such as {@code /dev/stdout}.
   */
  static boolean isStream(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      return true;
    }
    return isOpenFile(path);
  }

  /** Links below /proc stand for open files: what they say is a name, not where they lead. */
  private static boolean isOpenFile(Path path) throws IOException {
    var place = path.toAbsolutePath();
    for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(place); i++) {
      var folder = place.getParent();
      if (folder != null && folder.toRealPath().startsWith("/proc")) {
        return true;
      }
      place = followed(place);
    }
    return false;
  }
}
