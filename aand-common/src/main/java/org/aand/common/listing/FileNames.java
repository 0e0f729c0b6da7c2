package org.aand.common.listing;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.aand.common.InputException;

/**
 * Whether a file can be called by its name: Java knows names as text, and where the session's
 * encoding is not UTF-8 (as with {@code LC_ALL=POSIX}), or a name is not in it, that text is
 * mangled and may be that of several files.
 */
public final class FileNames {
  private static final String ENCODING = System.getProperty("sun.jnu.encoding", "UTF-8");

  private FileNames() {}

  /**
   * The path that a user's words name.
   *
   * @throws InputException if they name none
   */
  public static Path path(String words) {
    try {
      return Path.of(words);
    } catch (InvalidPathException e) {
      throw new InputException(
          words + (sessionReadsAll() ? " is no path" : " cannot be named: " + advice()), e);
    }
  }

  /** The last part of a path, wherever it is named from. */
  public static String last(Path path) {
    var name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /**
   * What is wrong with a file's name.
   *
   * @return completes a sentence that begins with the file; empty if nothing is
   * @throws InputException if the session's encoding is to blame, for then it is so of all such
   *     files
   */
  public static Optional<String> problem(Path file) {
    if (!isMangled(file)) {
      return Optional.empty();
    }
    if (!sessionReadsAll()) {
      throw new InputException("the file " + file + " cannot be named: " + advice());
    }
    return Optional.of("has a name that is not " + ENCODING + "; rename it");
  }

  /**
   * What may be why nothing has the name that a user's words are.
   *
   * @return goes on after the words; empty if the session's encoding cannot be to blame
   */
  public static String whyMissing(String words) {
    boolean mangled = words.indexOf('?') >= 0 || words.indexOf('\ufffd') >= 0;
    return mangled && !sessionReadsAll() ? " (a ? may be another letter: " + advice() + ")" : "";
  }

  private static boolean isMangled(Path file) {
    try {
      return !file.getFileSystem().getPath(file.toString()).equals(file);
    } catch (InvalidPathException e) {
      return true;
    }
  }

  private static boolean sessionReadsAll() {
    return ENCODING.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
  }

  private static String advice() {
    return "this session's encoding is " + ENCODING + "; set LC_ALL=C.UTF-8 and start again";
  }
}
