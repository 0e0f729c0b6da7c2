package org.aand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aand.pipeline.MemoryBankUse;
import org.aand.report.Candidate;
import org.aand.report.Metric;
import org.aand.report.RunResult;
import org.aand.report.ScoredImage;
import org.aand.report.ThresholdResult;
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
    candidates(result.candidates()).forEach(writer::println);
    var threshold = result.threshold();
    if (threshold != null) {
      threshold(threshold).forEach(writer::println);
    }
    metrics(result).forEach(writer::println);
    for (var fact : MemoryBankUse.SETTINGS) {
      var said = result.configuration().get(fact);
      if (said != null) {
        writer.println(line(fact, "%s", said));
      }
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

  /** What was tried, and which of it was kept: what finds synthetic anomalies best. */
  private static List<String> candidates(List<Candidate> candidates) {
    var lines = new ArrayList<String>();
    if (!candidates.isEmpty()) {
      lines.add("  Kept for the greatest image AUROC + AUPRO on synthetic anomalies:");
      lines.add("    score   trained  method");
    }
    for (var candidate : candidates) {
      var score = candidate.score();
      lines.add(
          String.format(
              Locale.ROOT,
              "    %-6s %6.0f s  %s%s",
              score == null ? "none" : String.format(Locale.ROOT, "%.4f", score),
              candidate.seconds(),
              candidate.label(),
              candidate.kept() ? " (kept)" : ""));
    }
    return lines;
  }

  /** What the model's own threshold does comes first: it was chosen on no test image. */
  private static List<String> threshold(ThresholdResult result) {
    var interval = result.falseAlarmInterval();
    var scores = result.heldOutScores();
    var lines = new ArrayList<String>();
    lines.add(line("threshold", "%.6g, %s", result.threshold(), result.basis()));
    lines.add(
        line(
            "false alarms",
            "%.1f %% of normal images expected (%.0f %% interval %.1f to %.1f %%)",
            100 * result.falseAlarmRate(),
            100 * interval.level(),
            100 * interval.lower(),
            100 * interval.upper()));
    lines.add(
        line(
            "held-out scores",
            "%.4f to %.4f, median %.4f, of %s",
            scores.lowest(),
            scores.highest(),
            scores.median(),
            result.heldOut()));
    if (result.defective() > 0) {
      lines.add(
          line("defects found", "%d of %d test images", result.defectsFound(), result.defective()));
    }
    if (result.normal() > 0) {
      lines.add(
          line("false alarms", "%d of %d test images", result.falseAlarms(), result.normal()));
    }
    return lines;
  }

  private static List<String> metrics(RunResult result) {
    if (result.images().isEmpty()) {
      return List.of("  There were no test images, so nothing was measured.");
    }
    var lines = new ArrayList<String>();
    var missing = new ArrayList<String>();
    for (var metric : Metric.values()) {
      var value = result.metric(metric);
      if (value.isPresent()) {
        lines.add(line(metric.label(), "%.4f", value.getAsDouble()));
      } else if (metric != Metric.SEG_F1 || result.metric(Metric.PIXEL_F1_MAX).isEmpty()) {
        missing.add(metric.label());
      } else {
        lines.add("  " + metric.label() + " needs a model with a pixel threshold; see calibrate");
      }
    }
    if (!missing.isEmpty()) {
      lines.add("  Not defined" + why(result) + ": " + String.join(", ", missing));
    }
    return lines;
  }

  private static String why(RunResult result) {
    if (result.images().stream().noneMatch(ScoredImage::defective)) {
      return " without a defective test image";
    }
    return result.images().stream().allMatch(ScoredImage::defective)
        ? " without a normal test image"
        : " without masks of the defects";
  }

  private static String line(String label, String format, Object... values) {
    return String.format(
        Locale.ROOT, "  %-15s %s", label, String.format(Locale.ROOT, format, values));
  }

  /** The command line as it was given. */
  static String commandLine(CommandSpec spec) {
    var root = spec.root().commandLine();
    return "aand " + String.join(" ", root.getParseResult().originalArgs());
  }
}
