package org.aand.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.aand.experiment.ExperimentListener;

/** Shows how an experiment goes: a line for each run, beneath it the run's own progress. */
final class ExperimentProgress extends ConsoleProgress implements ExperimentListener {
  ExperimentProgress(PrintWriter out) {
    super(out);
  }

  @Override
  public void begun(String run, Overall overall) {
    print(run, overall);
  }

  @Override
  public void ended(String run, Overall overall) {
    print(run, overall);
  }

  private void print(String run, Overall overall) {
    end();
    print(
        String.format(
            Locale.ROOT,
            "[%d of %d done%s%s] %s",
            overall.done(),
            overall.runs(),
            overall.failed() == 0 ? "" : ", " + overall.failed() + " failed",
            Double.isNaN(overall.secondsLeft())
                ? ""
                : ", " + left((long) overall.secondsLeft()) + " left",
            run));
  }

  @Override
  public void failed(String run, String message) {
    end();
    print("failed: " + run + ": " + message);
  }
}
