package org.aand.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.aand.detect.ModelFile;
import org.aand.io.InputException;

/**
 * Where a run writes: a folder beside the wanted one, moved to its place when everything is in it.
 *
 * <p>Closed without {@link #publish} it takes everything away again.
 */
public final class RunFolder implements AutoCloseable {
  /** The model. */
  public static final String MODEL = ModelFile.NAME;

  /** The figures. */
  public static final String RESULT = "result.json";

  /** What was asked for. */
  public static final String CONFIG = "config.json";

  /** The page to look at. */
  public static final String REPORT = "report.html";

  private final Path target;
  private final Path working;

  private RunFolder(Path target, Path working) {
    this.target = target;
    this.working = working;
  }

  /**
   * Begins a folder.
   *
   * @throws InputException if the place is taken or cannot be written to
   */
  public static RunFolder begin(Path target) {
    var place = target.toAbsolutePath().normalize();
    try {
      if (Files.exists(place) && !(Files.isDirectory(place) && isEmpty(place))) {
        throw new InputException(
            target + " exists already; name another folder with --out, or delete it first");
      }
      var parent = place.getParent();
      if (parent == null) {
        throw new InputException(target + " cannot be a run folder; name one with --out");
      }
      Files.createDirectories(parent);
      var working =
          parent.resolve("." + place.getFileName() + "." + ProcessHandle.current().pid() + ".part");
      Files.createDirectory(working);
      return new RunFolder(place, working);
    } catch (IOException e) {
      throw new InputException(
          "the folder "
              + target
              + " cannot be written ("
              + reason(e)
              + "); name another with --out",
          e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** The path of a file while the run goes on. */
  public Path file(String name) {
    return working.resolve(name);
  }

  /** Moves everything to its place. */
  public void publish() {
    try {
      Files.deleteIfExists(target);
      Files.move(working, target);
    } catch (IOException e) {
      throw new InputException(
          "the results could not be moved from "
              + working
              + " to "
              + target
              + "; move them by hand",
          e);
    }
  }

  /** Where everything is after {@link #publish}. */
  public Path place() {
    return target;
  }

  @Override
  public void close() {
    if (!Files.exists(working)) {
      return;
    }
    try (var files = Files.walk(working)) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new InputException("the unfinished folder " + working + " could not be deleted", e);
    }
  }
}
