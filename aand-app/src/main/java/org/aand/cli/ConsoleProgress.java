package org.aand.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.aand.pipeline.JudgedRule;
import org.aand.pipeline.RunListener;
import org.aand.report.Candidate;
import org.aand.report.page.Numbers;
import org.aand.serve.cli.LineProgress;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a run goes: a progress bar with rate and remaining time in a terminal, else a line now
 * and then.
 */
class ConsoleProgress extends LineProgress implements RunListener, AutoCloseable {
  private final boolean terminal = terminal();
  private @Nullable ProgressBar bar;

  ConsoleProgress(PrintWriter out) {
    super(out);
  }

  /**
   * Whether somebody may be watching. Since Java 22 there is a console without a terminal too, and
   * a method to ask it, which is not there before.
   */
  @SuppressWarnings("SystemConsoleNull") // asked further below
  private static boolean terminal() {
    var console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the console cannot be asked whether it is a terminal", e);
    }
  }

  @Override
  public void onSchedule(int stage1Epochs, int stage2Epochs, Duration estimate) {
    end();
    print(
        "Schedule: "
            + (stage1Epochs > 0 ? epochs(stage1Epochs) + " of stage 1, " : "")
            + epochs(stage2Epochs)
            + " of stage 2; the whole run takes about "
            + Numbers.duration(estimate));
  }

  private static String epochs(int n) {
    return Numbers.count(n, "epoch", "epochs");
  }

  @Override
  public void onMethod(String label, Optional<Duration> share) {
    end();
    print(label + share.map(time -> ": about " + Numbers.duration(time)).orElse(""));
  }

  @Override
  public void onJudged(Candidate candidate) {
    end();
    print(
        candidate.label()
            + ": "
            + (candidate.score() == null
                ? "no synthetic anomaly could be placed"
                : Numbers.fixed(candidate.score(), 4)
                    + " on synthetic anomalies (image AUROC + AUPRO)")
            + ", trained "
            + Numbers.duration(Duration.ofMillis((long) (1e3 * candidate.seconds()))));
  }

  @Override
  public void onRulesJudged(List<JudgedRule> rules) {
    end();
    print("Rules of map and image score on synthetic anomalies (image AUROC + AUPRO):");
    rules.forEach(
        rule ->
            print(
                "  "
                    + Numbers.fixed(rule.merit(), 4)
                    + " "
                    + rule.label()
                    + (rule.kept() ? " (kept)" : "")));
  }

  @Override
  public void onNotTried(String label, String why) {
    end();
    print(label + ": not tried, " + why);
  }

  @Override
  public void onOverTime(Duration budget, Duration taken) {
    end();
    print(
        "The run takes about "
            + Numbers.duration(taken)
            + ", more than its time budget of "
            + Numbers.duration(budget));
  }

  @Override
  public void onContactSheet(Path file) {
    end();
    print("Varied copies of normal images, as they are trained on: " + file);
  }

  @Override
  public void onReadStart(int images) {
    begin("Reading", images);
  }

  @Override
  public void onImageRead() {
    advance(1);
  }

  @Override
  public void onStageStart(Stage stage, int steps) {
    begin(name(stage), steps);
  }

  @Override
  public void onResume(Stage stage, int epoch, int steps) {
    print(name(stage) + ": resuming with epoch " + epoch);
    resume(steps);
    if (bar != null) {
      bar.stepTo(steps);
    }
  }

  @Override
  public void onStep(Stage stage) {
    advance(1);
  }

  @Override
  public void onEpochEnd(Epoch epoch) {
    var losses =
        new TreeMap<>(epoch.losses())
            .entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    if (bar != null) {
      bar.setExtraMessage(losses);
    } else {
      print(
          String.format(
              Locale.ROOT,
              "%s: epoch %d of %d, %s, %.2f s a step",
              name(epoch.stage()),
              epoch.epoch(),
              epoch.epochs(),
              losses,
              epoch.seconds() / epoch.steps()));
    }
  }

  @Override
  public void onStageEnd(Stage stage) {
    end();
  }

  private static String name(Stage stage) {
    return switch (stage) {
      case STAGE1 -> "Stage 1";
      case FEATURES -> "Features";
      case STAGE2 -> "Stage 2";
      case DISCRIMINATOR -> "Discriminator";
      case FITTING -> "Fitting";
    };
  }

  @Override
  protected void begin(String what, int steps) {
    end();
    super.begin(what, steps);
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .showSpeed()
              .build();
    }
  }

  @Override
  protected void advance(int steps) {
    if (bar != null) {
      bar.stepBy(steps);
    } else {
      super.advance(steps);
    }
  }

  final void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void close() {
    end();
  }
}
