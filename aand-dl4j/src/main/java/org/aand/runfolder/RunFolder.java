package org.aand.runfolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.common.file.ProcessLock;
import org.aand.model.ModelFile;

/**
 * Where a run writes: a working folder, whose content is moved to its place when all of it is
 * there.
 *
 * <p>A folder that does not exist yet is worked on beside its place, in {@code .NAME.part}, and
 * appears at once. An empty one that exists stays: it may be a mount point, over which nothing can
 * be moved, or the only folder that may be written to. It is worked on inside, in {@code
 * .aand.part}, and what was done is moved up file by file, the result last.
 *
 * <p>The working folder belongs to one process at a time. In it are the files to be published and,
 * apart from them, what is needed to resume the run. Closed without {@link #publish} it is taken
 * away again, unless the run is to be resumed: then it stays, as it does when the process is
 * killed.
 */
public final class RunFolder implements AutoCloseable {
  /** The model. */
  public static final String MODEL = ModelFile.NAME;

  /** The metrics. */
  public static final String RESULT = "result.json";

  /** What was asked for. */
  public static final String CONFIG = "config.json";

  /** The report page. */
  public static final String REPORT = "report.html";

  /** Some images beside the varied copies that are trained on too. */
  public static final String AUGMENTATION = "augmentation.png";

  private static final String PUBLISHED = "run";

  private final WorkingPlace place;
  private final ProcessLock claim;
  private boolean kept;

  private RunFolder(WorkingPlace place, ProcessLock claim, boolean kept) {
    this.place = place;
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
   * Begins a folder, or resumes what an earlier start left unfinished.
   *
   * @throws InputException if the place is taken or cannot be written to
   */
  public static RunFolder resume(Path target) {
    return open(target, true);
  }

  private static RunFolder open(Path target, boolean resume) {
    try {
      var place = WorkingPlace.of(target);
      place.requireFree();
      place.makeRoom();
      var claim =
          ProcessLock.of(place.lock())
              .orElseThrow(
                  () ->
                      new InputException(
                          "process "
                              + ProcessLock.holder(place.lock())
                              + " is working on "
                              + target
                              + "; wait for it, or name another folder with --out"));
      try {
        place.takeBack(PUBLISHED);
        place.requireFree();
        var working = place.working();
        boolean there = Files.exists(working);
        if (there && !resume) {
          WorkingPlace.delete(working);
        }
        Files.createDirectories(working.resolve(PUBLISHED));
        deleteUnfinishedFiles(working);
        deleteUnfinishedFiles(working.resolve(PUBLISHED));
        return new RunFolder(place, claim, there && resume);
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
    } catch (IOException e) {
      throw new InputException(
          "the folder "
              + target
              + " cannot be written ("
              + IoReason.of(e)
              + "); name another with --out",
          e);
    }
  }

  /** Deletes what is left of the work on a published folder whose process was killed then. */
  public static void tidy(Path target) {
    try {
      for (var place : WorkingPlace.bothOf(target)) {
        if (place.isPublished(PUBLISHED)
            && (Files.exists(place.working()) || Files.exists(place.lock()))) {
          tidy(place);
        }
      }
    } catch (IOException e) {
      throw new InputException(
          "what is left of the work on " + target + " could not be deleted", e);
    }
  }

  private static void tidy(WorkingPlace place) throws IOException {
    try (var claim = ProcessLock.of(place.lock()).orElse(null)) {
      if (claim != null && Files.exists(place.working())) {
        WorkingPlace.delete(place.working());
      }
    }
  }

  /** The path of a file that is to be published, while the run continues. */
  public Path file(String name) {
    return working().resolve(PUBLISHED).resolve(name);
  }

  /** The folder of what is needed to resume the run. */
  public Path working() {
    return place.working();
  }

  /** From now on, what is there is worth resuming: closing leaves it. */
  public void keep() {
    kept = true;
  }

  /** Moves everything to its place. */
  public void publish() {
    try {
      place.publish(PUBLISHED, RESULT);
      WorkingPlace.delete(working());
    } catch (IOException e) {
      throw new InputException(
          "the results could not be moved from "
              + working()
              + " to "
              + place.target()
              + " ("
              + IoReason.of(e)
              + "); move them by hand",
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
    return place.target();
  }

  @Override
  public void close() {
    try (claim) {
      if (!kept && Files.exists(working())) {
        WorkingPlace.delete(working());
      }
    } catch (IOException e) {
      throw new InputException("the unfinished folder " + working() + " could not be deleted", e);
    }
  }
}
