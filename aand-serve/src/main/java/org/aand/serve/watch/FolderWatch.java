package org.aand.serve.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aand.api.AnomalyDetector;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;
import org.aand.common.file.ProcessLock;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.ResultSink;

/**
 * Watches a folder: decides on every image that appears in it, in any folder below, when it is
 * complete, and hands the results to sinks in the order in which the images were written.
 *
 * <p>A journal lets it begin where it stopped, even if it was killed: no image is lost, and none is
 * in a file sink twice. An image is a name, a size and a time of writing; a file that is written
 * again is another image.
 *
 * <p>So many images are under way at a time that all cores work; the others wait in the folder.
 */
public final class FolderWatch implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String JOURNAL = "journal.jsonl";
  private static final String FOLDER = "folder";

  private final WatchSettings settings;
  private final List<ResultSink> sinks;
  private final Problems problems;
  private final ProcessLock lock;
  private final Journal journal;
  private final FolderListing listing;
  private final Arrivals arrivals;
  private final Pipeline pipeline;
  private final WatchCounts counts = new WatchCounts();
  private final CountDownLatch stop = new CountDownLatch(1);

  /** Where results go, and who is told. */
  public record Targets(
      List<ResultSink> sinks, Consumer<ResultRecord> listener, Problems problems) {}

  private FolderWatch(
      WatchSettings settings,
      AnomalyDetector detector,
      String model,
      Targets targets,
      ProcessLock lock,
      Journal journal)
      throws IOException {
    this.settings = settings;
    this.lock = lock;
    this.journal = journal;
    sinks = List.copyOf(targets.sinks());
    problems = targets.problems();
    var mover = settings.move().map(to -> new ImageMover(settings.folder(), to));
    listing = new FolderListing(settings.folder(), leftOut(settings, mover), problems);
    arrivals = new Arrivals(settings.quiet(), settings.patience(), problems);
    var handover =
        new Handover(
            journal,
            sinks,
            mover,
            problems,
            stop,
            result -> {
              counts.count(result);
              targets.listener().accept(result);
            });
    pipeline =
        new Pipeline(
            new Inspection(
                settings.folder(),
                detector,
                model,
                new LineDrift(detector, settings.drift(), problems)),
            arrivals,
            handover,
            problems);
  }

  /**
   * Opens a watch, which begins by {@link #run} or {@link #once}.
   *
   * @param detector has to stay open as long as the watch
   * @param model what results call it
   * @param targets the sinks have to stay open as long as the watch
   * @throws InputException if the folder is not there, another watch has the state, or files cannot
   *     be written where they have to be
   */
  public static FolderWatch open(
      WatchSettings settings, AnomalyDetector detector, String model, Targets targets) {
    if (!Files.isDirectory(settings.folder())) {
      throw new InputException("there is no folder " + settings.folder() + " to watch");
    }
    if (settings.move().isPresent() && detector.rule().threshold().isEmpty()) {
      throw new InputException(
          "the model is not calibrated, so images cannot be moved by their verdicts; run calibrate"
              + " on it, or give --threshold");
    }
    AtomicFile.requireWritableFolder(settings.state());
    settings.move().ifPresent(AtomicFile::requireWritableFolder);
    var lock = lock(settings);
    try {
      var journal = Journal.open(settings.state().resolve(JOURNAL));
      if (journal.unreadable() > 0) {
        targets
            .problems()
            .occurred(
                JOURNAL,
                "in "
                    + settings.state().resolve(JOURNAL)
                    + (journal.unreadable() == 1
                        ? " a line"
                        : " " + journal.unreadable() + " lines")
                    + " cannot be read; the images are decided on again");
      }
      return new FolderWatch(settings, detector, model, targets, lock, journal);
    } catch (IOException e) {
      lock.close();
      throw new InputException(
          "cannot read the state in "
              + settings.state()
              + " ("
              + IoReason.of(e)
              + "); move it away, or name another folder with --state",
          e);
    }
  }

  private static ProcessLock lock(WatchSettings settings) {
    var file = settings.state().resolve(LOCK);
    return ProcessLock.of(file)
        .orElseThrow(
            () ->
                new InputException(
                    "process "
                        + ProcessLock.holder(file)
                        + " watches "
                        + settings.folder()
                        + " already; end it, or name another --state to watch twice"));
  }

  /** As they are called in a listing, which begins at the folder's real path. */
  private static Set<Path> leftOut(WatchSettings settings, Optional<ImageMover> mover)
      throws IOException {
    var real = settings.folder().toRealPath();
    var named = settings.folder().toAbsolutePath().normalize();
    return Stream.concat(
            mover.stream().flatMap(to -> to.targets().stream()), Stream.of(settings.state()))
        .map(target -> target.toAbsolutePath().normalize())
        .map(target -> target.startsWith(named) ? real.resolve(named.relativize(target)) : target)
        .collect(Collectors.toSet());
  }

  /**
   * Watches until {@link #stop}; the images under way are finished then.
   *
   * @throws IllegalStateException if something failed unexpectedly
   */
  public void run() throws InterruptedException {
    do {
      try {
        submit(arrived(), Instant.MIN);
        problems.over(FOLDER, settings.folder() + " is there again");
      } catch (IOException e) {
        problems.occurred(FOLDER, unreadable(e) + "; the watch goes on when it is there again");
      }
    } while (!pipeline.failed()
        && !stop.await(settings.interval().toNanos(), TimeUnit.NANOSECONDS));
    pipeline.finish();
  }

  /**
   * Decides on the images that are in the folder now and complete, then returns. What cannot be
   * read and was written longer ago than the patience is reported as unusable.
   *
   * @throws InputException if the folder cannot be read
   * @throws IllegalStateException if something failed unexpectedly
   */
  public void once() throws InterruptedException {
    try {
      // Two looks: a file that is being written is another one at the second.
      submit(arrived(), Instant.MIN);
      if (!stop.await(settings.quiet().toNanos(), TimeUnit.NANOSECONDS)) {
        submit(arrived(), Instant.now().minus(settings.patience()));
      }
    } catch (IOException e) {
      throw new InputException(unreadable(e), e);
    }
    pipeline.finish();
  }

  private String unreadable(IOException e) {
    return "cannot read the folder " + settings.folder() + " (" + IoReason.of(e) + ")";
  }

  private List<Arrivals.Ready> arrived() throws IOException {
    var files = listing.files();
    var ready = arrivals.ready(files, journal::knows, System.nanoTime());
    compact(files);
    return ready;
  }

  private void compact(List<FileStamp> files) {
    try {
      journal.compact(files.stream().map(FileStamp::name).collect(Collectors.toSet()));
    } catch (IOException e) {
      // It goes on to grow until that works.
      problems.occurred(
          JOURNAL, "cannot rewrite the journal in " + settings.state() + ": " + IoReason.of(e));
    }
  }

  /**
   * @param givenUpBefore what was written earlier and cannot be read now is given up
   */
  private void submit(List<Arrivals.Ready> ready, Instant givenUpBefore)
      throws InterruptedException {
    for (var file : ready) {
      boolean last = file.last() || file.stamp().modified().isBefore(givenUpBefore);
      pipeline.submit(new Arrivals.Ready(file.stamp(), last), stop);
    }
  }

  /** Ends {@link #run} soon; from any thread. */
  public void stop() {
    stop.countDown();
  }

  /** What was done so far, as a line; from any thread. */
  public String status() {
    var line = new StringBuilder(counts.toString());
    int waiting = arrivals.waiting();
    if (waiting > 0) {
      line.append(", ").append(waiting).append(" not complete");
    }
    sinks.forEach(sink -> line.append("; ").append(sink.status()));
    return line.toString();
  }

  /** Ends the watch, and lets another one have the state. */
  @Override
  public void close() {
    pipeline.close();
    lock.close();
  }
}
