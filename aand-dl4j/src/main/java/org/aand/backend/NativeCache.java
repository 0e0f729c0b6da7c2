package org.aand.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.InputException;

/** The folder that JavaCPP unpacks native libraries to. */
final class NativeCache {
  static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  private static final String WHAT_TO_DO =
      "name a folder that can be written to and run from with java -D"
          + PROPERTY
          + "=DIR -jar ..., or the environment variable JAVA_TOOL_OPTIONS=-D"
          + PROPERTY
          + "=DIR";

  private NativeCache() {}

  /**
   * Chooses a folder that can be written to, or holds the libraries already.
   *
   * @throws InputException if there is none
   */
  static void prepare() {
    var named = System.getProperty(PROPERTY);
    var folder = choose(named == null ? usual() : List.of(Path.of(named)));
    System.setProperty(PROPERTY, folder.toString());
  }

  static Path choose(List<Path> candidates) {
    // An earlier start, of somebody else maybe, may have unpacked everything where no more can be.
    return candidates.stream()
        .filter(NativeCache::isWritable)
        .findFirst()
        .or(() -> candidates.stream().filter(NativeCache::isFilled).findFirst())
        .orElseThrow(
            () ->
                new InputException(
                    "there is no folder to unpack native libraries to (not "
                        + String.join(", not ", candidates.stream().map(Path::toString).toList())
                        + "); "
                        + WHAT_TO_DO));
  }

  /** Those that JavaCPP tries, in its order. */
  private static List<Path> usual() {
    var folders = new ArrayList<Path>();
    folders.add(Path.of(System.getProperty("user.home"), ".javacpp", "cache"));
    folders.add(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            ".javacpp-" + System.getProperty("user.name"),
            "cache"));
    return folders;
  }

  private static boolean isWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".aand", null));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean isFilled(Path folder) {
    try (var files = Files.list(folder)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  static InputException unusable(LinkageError failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return new InputException(
        "the native libraries cannot be loaded ("
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
            + "; folder "
            + System.getProperty(PROPERTY)
            + "); "
            + WHAT_TO_DO,
        failure);
  }
}
