package org.aand.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.experiment.ExperimentListener.Overall;
import org.aand.pipeline.TrainRun;
import org.aand.report.experiment.Cell;
import org.aand.runfolder.ResumeGuard;
import org.aand.runfolder.RunFolder;

/**
 * Runs what is missing of an experiment, then writes cells, figures and report.
 *
 * <p>A run that fails is recorded and does not stop the others; the next start tries it again. Runs
 * are claimed by a lock each, so that several processes may work in one output folder; a process
 * ends when what is left is being done by others, and the last to end writes everything.
 */
public final class ExperimentRun {
  private final ExperimentPlan plan;
  private final ExperimentListener listener;
  private final Instant began = Instant.now();
  private int finishedHere;
  private double secondsHere;

  private ExperimentRun(ExperimentPlan plan, ExperimentListener listener) {
    this.plan = plan;
    this.listener = listener;
  }

  /**
   * What came out.
   *
   * @param cells of the experiment that are known
   * @param missing cells that are not, because other processes are at them
   * @param page the report
   */
  public record Outcome(List<Cell> cells, int missing, Path page) {
    /** Keeps a copy. */
    public Outcome {
      cells = List.copyOf(cells);
    }

    /** The cells that were given up. */
    public List<Cell> failed() {
      return cells.stream().filter(c -> !c.isDone()).toList();
    }
  }

  /**
   * Runs to the end.
   *
   * @throws InputException if data or weights are not there, or the output folder holds runs that
   *     were made with other settings
   */
  public static Outcome execute(ExperimentRequest request, ExperimentListener listener) {
    var run = begin(request, listener);
    while (run.pass()) {
      // What was being done elsewhere may have been given up meanwhile.
    }
    return conclude(request, run.plan);
  }

  /**
   * Runs to the end, each run in one of the cluster's processes, which have the same file system.
   *
   * @throws InputException if data or weights are not there, the output folder holds runs that were
   *     made with other settings, or the cluster cannot be used
   */
  public static Outcome executeOn(
      RunCluster cluster, ExperimentRequest request, ExperimentListener listener) {
    var run = begin(request, listener);
    var left = new LinkedHashMap<String, PlannedRun>();
    run.plan.runs().stream().filter(r -> !r.done()).forEach(r -> left.put(r.name(), r));
    if (!left.isEmpty()) {
      cluster.execute(
          List.copyOf(left.keySet()), name -> run.tell(Objects.requireNonNull(left.get(name))));
    }
    run.plan.runs().stream().filter(PlannedRun::done).forEach(r -> RunFolder.tidy(r.folder()));
    return conclude(request, run.plan);
  }

  /**
   * Does one run, unless it is complete, and nothing else: a process of a cluster does so. A claim
   * that a lost process has held may last as long as its machine's share of the file system.
   *
   * @param name of the run
   * @param patience to wait for the claim
   * @throws InputException if there is no such run, or it cannot be claimed
   */
  public static void executeOne(
      ExperimentRequest request, ExperimentListener listener, String name, Duration patience) {
    var run = begin(request, listener);
    var wanted =
        run.plan.runs().stream()
            .filter(r -> r.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new InputException("the experiment has no run " + name));
    try (var claim = wanted.claim(patience)) {
      if (!wanted.done()) {
        run.work(wanted);
      }
    }
  }

  private static ExperimentRun begin(ExperimentRequest request, ExperimentListener listener) {
    // Before hours of training, not after.
    request.jmh().ifPresent(source -> JmhTimes.read(source, request.backbone().name()));
    var plan = ExperimentPlan.of(request);
    ResumeGuard.check(request.out(), request.settings(), Instant.now());
    return new ExperimentRun(plan, listener);
  }

  /** Tells how a run ended that another process did. */
  private void tell(PlannedRun run) {
    run.failure()
        .filter(failure -> !run.done())
        .ifPresentOrElse(
            failure -> listener.failed(run.name(), failure.message()),
            () -> listener.ended(run.name(), overall()));
  }

  private static Outcome conclude(ExperimentRequest request, ExperimentPlan plan) {
    var output = new ExperimentOutput(request);
    try (var claim = output.claim()) {
      var results = new CellResults(request, plan).collect();
      var cells = output.cells(results.known());
      new ExperimentFigures(request, plan).forEach(output::figure);
      var page = output.report(cells, results.costs());
      return new Outcome(results.known(), results.missing(), page);
    }
  }

  /** Does every run that is free; whether there was one. */
  private boolean pass() {
    boolean worked = false;
    for (var run : plan.runs()) {
      if (settled(run)) {
        RunFolder.tidy(run.folder());
        continue;
      }
      var claim = run.claim();
      if (claim.isPresent()) {
        try (var held = claim.get()) {
          if (!settled(run)) {
            work(run);
            worked = true;
          }
        }
      }
    }
    return worked;
  }

  /** Whether a run is complete, or was given up since this process began. */
  private boolean settled(PlannedRun run) {
    return run.done() || run.failure().filter(f -> !f.at().isBefore(began)).isPresent();
  }

  private void work(PlannedRun run) {
    listener.begun(run.name(), overall());
    long start = System.nanoTime();
    try {
      TrainRun.execute(run.request(), listener);
      run.forgetFailure();
    } catch (RuntimeException | OutOfMemoryError e) {
      // One run's failure is its own: it is reported, recorded, and counted in the exit code.
      var message = message(e);
      listener.failed(run.name(), message);
      run.recordFailure(message);
    }
    finishedHere++;
    secondsHere += (System.nanoTime() - start) / 1e9;
  }

  /** One line, whatever was thrown. */
  static String message(Throwable failure) {
    if (failure instanceof InputException) {
      return String.valueOf(failure.getMessage());
    }
    if (failure instanceof OutOfMemoryError) {
      return "the memory did not suffice; take smaller batches (--batch-size) and start again";
    }
    return IoReason.beneath(failure)
        .map(
            io ->
                "a file could not be read or written: "
                    + IoReason.of(io)
                    + "; check the space on the disk and start again")
        .orElseGet(
            () ->
                "failed unexpectedly: "
                    + failure.toString().lines().findFirst().orElse("")
                    + "; please report this line");
  }

  private Overall overall() {
    int done = 0;
    int failed = 0;
    for (var run : plan.runs()) {
      if (run.done()) {
        done++;
      } else if (settled(run)) {
        failed++;
      }
    }
    int left = plan.runs().size() - done - failed;
    return new Overall(
        plan.runs().size(),
        done,
        failed,
        finishedHere == 0 ? Double.NaN : left * secondsHere / finishedHere);
  }
}
