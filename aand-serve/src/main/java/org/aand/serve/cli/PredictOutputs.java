package org.aand.serve.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aand.api.AnomalyDetector;
import org.aand.api.Detection;
import org.aand.api.DetectionRow;
import org.aand.common.InputException;
import org.aand.common.PrintableName;
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

  /** So many images the page shows at most: the highest scores. */
  private static final int MAX_SHOWN = 500;

  /** Longest side in pixels of the page's images when it shows as many as it can, and at most. */
  private static final int MIN_SIDE = 320;

  private static final int MAX_SIDE = 960;

  private final Targets targets;
  private final int side;
  private final StandardOutput out;
  private final List<ObjectNode> rows = new ArrayList<>();
  private final List<PredictionReport.Scored> images = new ArrayList<>();
  private final List<SkippedFile> skipped = new ArrayList<>();
  private final PriorityQueue<PredictionReport.Shown> highest =
      new PriorityQueue<>(Comparator.comparingDouble(shown -> shown.scored().score()));

  /**
   * Where results go.
   *
   * @param drawn folders of images
   */
  record Targets(
      Optional<Path> csv, Optional<Path> json, Optional<Path> html, List<DrawnFolder> drawn) {
    /** The files among them, standard output left out. */
    List<Path> files() {
      return Stream.of(csv, json, html)
          .flatMap(Optional::stream)
          .filter(file -> !file.equals(STDOUT))
          .toList();
    }

    /** Whether an image may be replaced by a drawn one, as those of an earlier run are. */
    boolean drawingMayReplace(Path image) {
      return drawn.stream().anyMatch(folder -> folder.mayReplace(image));
    }

    /** Whether a pixel threshold is needed. */
    boolean showRegions() {
      return drawn.stream().anyMatch(folder -> folder.kind().showsRegions());
    }

    boolean stdoutTaken() {
      return csv.filter(STDOUT::equals).isPresent() || json.filter(STDOUT::equals).isPresent();
    }
  }

  /**
   * @param files how many there are
   * @throws InputException if a file cannot be written
   */
  PredictOutputs(Targets targets, PrintWriter out, int files) {
    // Before the work, not after hours of it.
    targets.drawn().forEach(DrawnFolder::requireWritable);
    targets.files().forEach(AtomicFile::requireWritable);
    this.targets = targets;
    side = side(files);
    this.out = new StandardOutput(out);
    if (targets.csv().filter(STDOUT::equals).isPresent()) {
      out.println(DetectionRow.csvHeader());
    }
  }

  /** The page has about one size: the fewer images it shows, the larger they are. */
  private static int side(int files) {
    double share = Math.sqrt((double) MAX_SHOWN / Math.max(1, files));
    return (int) Math.max(MIN_SIDE, Math.min(MAX_SIDE, MIN_SIDE * share));
  }

  void found(Path file, Detection found) {
    add(DetectionRow.of(file.toString(), found));
    var image = new PredictionReport.Scored(file.toString(), found.score());
    images.add(image);
    targets.drawn().forEach(folder -> folder.write(file, found));
    if (targets.html().isPresent()
        && (highest.size() < MAX_SHOWN || highest.element().scored().score() < found.score())) {
      highest.add(
          new PredictionReport.Shown(
              image,
              found.percentile(),
              Jpeg.of(new Png(found.thumbnail(side))),
              Jpeg.of(new Png(found.heatmap(side))),
              regions(found)));
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
          PrintableName.line(
              row.path("file").asText()
                  + "  "
                  + (row.has("error")
                      ? "not usable: " + row.path("error").asText()
                      : row.path("score").asText() + "  " + row.path("verdict").asText())));
    }
  }

  private Optional<PredictionReport.Regions> regions(Detection found) {
    if (found.pixelThreshold().isEmpty()) {
      return Optional.empty();
    }
    var boxes =
        found.regions().stream()
            .map(
                region ->
                    new PredictionReport.Box(
                        region.x(),
                        region.y(),
                        region.width(),
                        region.height(),
                        region.area(),
                        region.peak()))
            .toList();
    return Optional.of(new PredictionReport.Regions(new Png(found.outline(side)), boxes));
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
                      images,
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
