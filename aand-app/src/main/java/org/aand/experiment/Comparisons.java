package org.aand.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Png;
import org.aand.common.image.ImageFile;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.evaluation.Evaluation;
import org.aand.evaluation.MapScale;
import org.aand.experiment.ExperimentPlan.PlannedCell;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.Sample;
import org.aand.report.experiment.figure.Comparison;
import org.aand.runfolder.RunFolder;
import org.aand.samediff.Detector;
import org.aand.samediff.ModelStore;
import org.jspecify.annotations.Nullable;

/** Puts the anomaly maps of several runs on a category side by side (Fig. 5). */
final class Comparisons {
  private static final int MOST = 8;
  private static final String CHOSEN =
      "the first image of each kind of defect, by name, at most " + MOST;

  private Comparisons() {}

  private record Method(String label, ColorScale scale, List<Evaluation.Scored> images) {}

  /**
   * The comparison of complete runs on one category; empty where it has no defective image.
   *
   * @param cells of the same category and seed, one a method
   */
  static Optional<Comparison> of(List<PlannedCell> cells) {
    var first = cells.get(0);
    var request = first.run().orElseThrow().request();
    var category = request.layout().at(request.data()).open(request.category());
    var chosen = choose(category);
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    var preprocessing = new Preprocessing(request.tiling().resolution());
    var shown = new ArrayList<>(chosen);
    category.test().stream().filter(s -> !s.defective()).forEach(shown::add);
    var methods = new ArrayList<Method>();
    for (var cell : cells) {
      var folder = cell.run().orElseThrow().folder();
      methods.add(method(cell.row().label(), folder, shown, preprocessing, request.skipBad()));
    }
    var images = new ArrayList<Comparison.Image>();
    for (var sample : chosen) {
      image(sample, methods, preprocessing).ifPresent(images::add);
    }
    return Optional.of(
        new Comparison(
            first.dataset(),
            first.category(),
            request.protocol(),
            CHOSEN,
            methods.stream()
                .map(m -> new Comparison.Scale(m.label(), m.scale().min(), m.scale().max()))
                .toList(),
            images));
  }

  private static List<Sample> choose(Category category) {
    var kinds = new HashSet<String>();
    return category.test().stream()
        .filter(s -> s.defective() && kinds.add(s.defect()))
        .limit(MOST)
        .toList();
  }

  private static Method method(
      String label, Path run, List<Sample> samples, Preprocessing preprocessing, boolean skipBad) {
    try (var model = ModelStore.read(run.resolve(RunFolder.MODEL)).model();
        var detector = Detector.takingOver(model)) {
      var images =
          Evaluation.of(detector::detect, samples, preprocessing, skipBad, n -> {}).images();
      return new Method(label, MapScale.of(images), images);
    }
  }

  /** Empty for an image that could not be used and was left out. */
  private static Optional<Comparison.Image> image(
      Sample sample, List<Method> methods, Preprocessing preprocessing) {
    var size = preprocessing.size();
    var found = new ArrayList<Evaluation.Scored>();
    for (var method : methods) {
      method.images().stream().filter(i -> i.name().equals(sample.name())).forEach(found::add);
    }
    if (found.size() < methods.size()) {
      return Optional.empty();
    }
    byte[] pixels = preprocessing.resize(ImageFile.read(sample.image())).pixels();
    var maps = new ArrayList<Comparison.Map>();
    for (int m = 0; m < methods.size(); m++) {
      var scored = found.get(m);
      maps.add(
          new Comparison.Map(
              Heatmap.overlay(
                  pixels, scored.map(), size.width(), size.height(), methods.get(m).scale()),
              scored.score()));
    }
    return Optional.of(
        new Comparison.Image(
            sample.name(),
            sample.defect(),
            Heatmap.image(pixels, size.width(), size.height()),
            truth(found.get(0).mask(), size),
            maps));
  }

  private static @Nullable Png truth(byte @Nullable [] mask, ImageSize size) {
    if (mask == null) {
      return null;
    }
    byte[] pixels = new byte[3 * mask.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (mask[i / 3] == 0 ? 0 : 255);
    }
    return Heatmap.image(pixels, size.width(), size.height());
  }
}
