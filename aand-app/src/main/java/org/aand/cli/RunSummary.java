package org.aand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.aand.report.Metric;
import org.aand.report.RunResult;
import org.aand.runfolder.RunFolder;
import picocli.CommandLine.Model.CommandSpec;

/** What the program says at the end of a run. */
final class RunSummary {
  private RunSummary() {}

  static void print(RunResult result, Path out, PrintWriter writer) {
    writer.println();
    writer.println(
        result.configuration().getOrDefault("variant", result.method().label())
            + " on "
            + result.category());
    if (result.images().isEmpty()) {
      writer.println("  There were no test images, so nothing was measured.");
    }
    var metrics = result.images().isEmpty() ? List.<Metric>of() : List.of(Metric.values());
    for (var metric : metrics) {
      var value = result.metric(metric);
      writer.println(
          String.format(
              Locale.ROOT,
              "  %-14s %s",
              metric.label(),
              value.isPresent()
                  ? String.format(Locale.ROOT, "%.4f", value.getAsDouble())
                  : "not defined for this test set"));
    }
    switch (result.teacher().source()) {
      case RANDOM -> writer.println("  The teacher is random (" + result.teacher().label() + ").");
      case DISTILLED -> writer.println("  The teacher is small: " + result.teacher().label() + ".");
      case FILE -> {}
    }
    if (!result.skipped().isEmpty()) {
      writer.println("  Left out, unusable: " + result.skipped().size());
      result.skipped().forEach(s -> writer.println("    " + s.file()));
    }
    writer.println("Report: " + out.resolve(RunFolder.REPORT));
  }

  /** The command line as it was given. */
  static String commandLine(CommandSpec spec) {
    var root = spec.root().commandLine();
    return "aand " + String.join(" ", root.getParseResult().originalArgs());
  }
}
