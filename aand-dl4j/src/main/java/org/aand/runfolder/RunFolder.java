package org.aand.runfolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.aand.common.InputException;
import org.aand.common.file.ProcessLock;
import org.aand.model.ModelFile;

/**
 * Where a run writes: a folder beside the wanted one, moved to its place when everything is in it.
 *
 * <p>The folder beside is called {@code .NAME.part} and belongs to one process at a time. In it are
 * the files to be published and, apart from them, what is needed to go on with the run. Closed
 * without {@link #publish} it is taken away again, unless it is to be gone on with: then it stays,
 * as it does when the process is killed.
 */
public final class RunFolder implements AutoCloseable {
  /** The model. */
  public static final String MODEL = ModelFile.NAME;

  /** The figures. */
  public static final String RESULT = "result.json";

  /** What was asked for. */
  public static final String CONFIG = "config.json";

  /** The report page. */
  public static final String REPORT = "report.html";

  private static final String PUBLISHED = "run";

  private final Path target;
  private final Path working;
  private final ProcessLock claim;
  private boolean kept;

  private RunFolder(Path target, Path working, ProcessLock claim, boolean kept) {
    this.target = target;
    this.working = working;
    this.claim = claim;
    this.kept = kept;
  }

  /**
   * Begins a folder; what an earlier start left unfinished is deleted.
   *
   * @throws InputException if the place is taken or cannot be written to
   */
  public static RunFolder begin(Path target) {
    return open(target, false);
  }

  /**
   * Begins a folder, or goes on with what an earlier start left unfinished.
   *
   * @throws InputException if the place is taken or cannot be written to
   */
  public static RunFolder resume(Path target) {
    return open(target, true);
  }

  private static RunFolder open(Path target, boolean goOn) {
    var place = target.toAbsolutePath().normalize();
    try {
      requireFree(target, place);
      var parent = place.getParent();
      if (parent == null) {
        throw new InputException(target + " cannot be a run folder; name one with --out");
      }
      Files.createDirectories(parent);
      var lock = beside(place, ".lock");
      var claim =
          ProcessLock.of(lock)
              .orElseThrow(
                  () ->
                      new InputException(
                          "process "
                              + ProcessLock.holder(lock)
                              + " is working on "
                              + target
                              + "; wait for it, or name another folder with --out"));
      try {
        requireFree(target, place);
        var working = beside(place, ".part");
        boolean there = Files.exists(working);
        if (there && !goOn) {
          delete(working);
        }
        Files.createDirectories(working.resolve(PUBLISHED));
        deleteUnfinishedFiles(working);
        deleteUnfinishedFiles(working.resolve(PUBLISHED));
        return new RunFolder(place, working, claim, there && goOn);
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
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

  private static Path beside(Path place, String ending) {
    return place.resolveSibling("." + place.getFileName() + ending);
  }

  /** Deletes what is left beside a published folder whose process was killed at that moment. */
  public static void tidy(Path target) {
    var place = target.toAbsolutePath().normalize();
    var working = beside(place, ".part");
    var lock = beside(place, ".lock");
    if (!Files.exists(place) || !(Files.exists(working) || Files.exists(lock))) {
      return;
    }
    try (var claim = ProcessLock.of(lock).orElse(null)) {
      if (claim != null && Files.exists(working)) {
        delete(working);
      }
    } catch (IOException e) {
      throw new InputException("what is left in " + working + " could not be deleted", e);
    }
  }

  private static void requireFree(Path target, Path place) throws IOException {
    if (Files.exists(place) && !(Files.isDirectory(place) && isEmpty(place))) {
      throw new InputException(
          target + " exists already; name another folder with --out, or delete it first");
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

  /** The path of a file that is to be published, while the run goes on. */
  public Path file(String name) {
    return working.resolve(PUBLISHED).resolve(name);
  }

  /** The folder of what is needed to go on with the run. */
  public Path working() {
    return working;
  }

  /** From now on, what is there is worth going on with: closing leaves it. */
  public void keep() {
    kept = true;
  }

  /** Moves everything to its place. */
  public void publish() {
    try {
      Files.deleteIfExists(target);
      Files.move(working.resolve(PUBLISHED), target);
      delete(working);
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

  /** What was being written when an earlier start was killed. */
  private static void deleteUnfinishedFiles(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder, ".*.part")) {
      for (var file : files) {
        Files.delete(file);
      }
    }
  }

  /** Where everything is after {@link #publish}. */
  public Path place() {
    return target;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    try (claim) {
      if (!kept && Files.exists(working)) {
        delete(working);
      }
    } catch (IOException e) {
      throw new InputException("the unfinished folder " + working + " could not be deleted", e);
    }
  }
}
