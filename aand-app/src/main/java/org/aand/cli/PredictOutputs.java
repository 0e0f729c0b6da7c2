package org.aand.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import org.aand.api.AnomalyDetector;
import org.aand.api.Detection;
import org.aand.api.DetectionRow;
import org.aand.common.file.AtomicFile;
import org.aand.common.heatmap.Jpeg;
import org.aand.common.heatmap.Png;
import org.aand.report.SkippedFile;
import org.aand.report.page.PredictionPage;
import org.aand.report.page.PredictionReport;

/** Gathers what predict finds and writes it in the forms that were asked for. */
final class PredictOutputs {
  /** Standard output as a file's name. */
  static final Path STDOUT = Path.of("-");

  /** Longest side in pixels of the page's images. */
  private static final int SHOWN = 320;

  /** So many parts the page shows at most: the highest scores. */
  private static final int MAX_SHOWN = 500;

  private final Targets targets;
  private final StandardOutput out;
  private final List<ObjectNode> rows = new ArrayList<>();
  private final List<Double> scores = new ArrayList<>();
  private final List<SkippedFile> skipped = new ArrayList<>();
  private final PriorityQueue<PredictionReport.Part> highest =
      new PriorityQueue<>(Comparator.comparingDouble(PredictionReport.Part::score));
  private final Set<String> heatmapNames = new HashSet<>();

  /** Where results go. */
  record Targets(
      Optional<Path> csv, Optional<Path> json, Optional<Path> heatmaps, Optional<Path> html) {
    boolean stdoutTaken() {
      return csv.filter(STDOUT::equals).isPresent() || json.filter(STDOUT::equals).isPresent();
    }
  }

  PredictOutputs(Targets targets, PrintWriter out) {
    this.targets = targets;
    this.out = new StandardOutput(out);
    if (targets.csv().filter(STDOUT::equals).isPresent()) {
      out.println(DetectionRow.csvHeader());
    }
  }

  void found(Path file, Detection found) {
    add(DetectionRow.of(file.toString(), found));
    scores.add((double) found.score());
    targets
        .heatmaps()
        .ifPresent(
            folder -> {
              var png = found.heatmap();
              AtomicFile.write(folder.resolve(heatmapName(file)), o -> o.write(png));
            });
    if (targets.html().isPresent()
        && (highest.size() < MAX_SHOWN || highest.element().score() < found.score())) {
      highest.add(
          new PredictionReport.Part(
              file.toString(),
              found.score(),
              found.percentile(),
              Jpeg.of(new Png(found.thumbnail(SHOWN))),
              Jpeg.of(new Png(found.heatmap(SHOWN)))));
      if (highest.size() > MAX_SHOWN) {
        highest.remove();
      }
    }
  }

  void failed(Path file, String reason) {
    add(DetectionRow.failed(file.toString(), reason));
    skipped.add(new SkippedFile(file.toString(), reason));
  }

  private void add(ObjectNode row) {
    rows.add(row);
    if (targets.csv().filter(STDOUT::equals).isPresent()) {
      out.println(DetectionRow.csv(row));
    }
    if (targets.json().filter(STDOUT::equals).isPresent()) {
      out.println(row);
    }
    if (!targets.stdoutTaken()) {
      out.println(
          row.path("file").asText()
              + "  "
              + (row.has("error")
                  ? "not usable"
                  : row.path("score").asText() + "  " + row.path("verdict").asText()));
    }
  }

  /** The image's name, numbered where folders hold images of one name. */
  private String heatmapName(Path file) {
    var name = String.valueOf(file.getFileName());
    var free = name + ".heatmap.png";
    for (int i = 2; !heatmapNames.add(free); i++) {
      free = name + "." + i + ".heatmap.png";
    }
    return free;
  }

  /** Writes the files. */
  void finish(String title, String model, AnomalyDetector detector) {
    targets
        .csv()
        .filter(file -> !file.equals(STDOUT))
        .ifPresent(
            file ->
                write(
                    file,
                    DetectionRow.csvHeader()
                        + "\n"
                        + rows.stream()
                            .map(row -> DetectionRow.csv(row) + "\n")
                            .collect(Collectors.joining())));
    targets
        .json()
        .filter(file -> !file.equals(STDOUT))
        .ifPresent(
            file ->
                write(file, rows.stream().map(row -> row + "\n").collect(Collectors.joining())));
    targets
        .html()
        .ifPresent(
            file -> {
              var rule = detector.rule();
              PredictionPage.write(
                  new PredictionReport(
                      title,
                      model,
                      rule.threshold(),
                      rule.promise(),
                      scores,
                      List.copyOf(highest),
                      skipped,
                      rule.heatmapScale()),
                  file);
            });
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
