package org.aand.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.aand.api.DecisionRule;
import org.aand.common.heatmap.ColorScale;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.common.machine.ProcessMemory;
import org.aand.io.dataset.Sample;
import org.aand.metrics.AurocInterval;
import org.aand.report.Interval;
import org.aand.report.Metric;
import org.aand.report.RunResult;
import org.aand.report.ScoredImage;
import org.aand.report.SkippedFile;
import org.aand.report.page.Gallery;
import org.aand.report.page.ImageExample;
import org.aand.report.page.Report;

/** Turns an evaluation into the result record and the images of the report. */
public record EvaluationReport(
    Evaluation evaluation, List<Sample> samples, Preprocessing preprocessing, DecisionRule rule) {
  private static final int SHOWN = 6;
  private static final double CONFIDENCE = 0.95;

  /**
   * The run as the report shows it.
   *
   * @param name in tables and charts
   * @param builder knows everything that is not of the evaluation
   */
  public Report.Run report(String name, RunResult.Builder builder) {
    var metrics = evaluation.metrics();
    put(builder, Metric.IMAGE_AUROC, metrics.imageAuroc());
    put(builder, Metric.PIXEL_AUROC, metrics.pixelAuroc());
    put(builder, Metric.AUPRO, metrics.aupro());
    put(builder, Metric.IMAGE_AP, metrics.imageAp());
    put(builder, Metric.PIXEL_AP, metrics.pixelAp());
    put(builder, Metric.IMAGE_F1_MAX, metrics.imageF1Max());
    put(builder, Metric.PIXEL_F1_MAX, metrics.pixelF1Max());
    put(builder, Metric.STRICT_AUPRO, metrics.strictAupro());
    put(builder, Metric.SEG_F1, evaluation.segmentationF1(rule.pixelThreshold()));
    put(builder, Metric.AUPIMO, metrics.aupimo());
    confidence(builder);
    ThresholdSummary.result(evaluation, rule).ifPresent(builder::threshold);
    ProcessMemory.peakResidentBytes().ifPresent(builder::peakMemoryBytes);
    if (!evaluation.images().isEmpty()) {
      builder.imagesPerSecond(evaluation.images().size() / evaluation.seconds());
    }
    builder.skipped(
        evaluation.skipped().stream()
            .map(e -> new SkippedFile(String.valueOf(e.getMessage()), "unusable"))
            .toList());
    var byName = new HashMap<String, Sample>();
    samples.forEach(s -> byName.put(s.name(), s));
    var scores =
        evaluation.images().stream()
            .map(
                i ->
                    new ScoredImage(
                        i.name(), sample(byName, i.name()).defect(), i.defective(), i.score()))
            .toList();
    builder.images(scores);
    var gallery = Gallery.choose(scores, SHOWN);
    var scale =
        rule.calibration().isPresent() ? rule.heatmapScale() : MapScale.of(evaluation.images());
    var examples = new ArrayList<ImageExample>();
    for (var image : evaluation.images()) {
      if (gallery.files().contains(image.name())) {
        examples.add(example(image, sample(byName, image.name()), scale));
      }
    }
    return new Report.Run(name, builder.build(), gallery, examples, scale);
  }

  private static Sample sample(Map<String, Sample> byName, String name) {
    var sample = byName.get(name);
    if (sample == null) {
      throw new IllegalStateException("no sample " + name);
    }
    return sample;
  }

  private static void put(RunResult.Builder builder, Metric metric, OptionalDouble value) {
    value.ifPresent(v -> builder.metric(metric, v));
  }

  private void confidence(RunResult.Builder builder) {
    int n = evaluation.images().size();
    float[] scores = new float[n];
    boolean[] defective = new boolean[n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      scores[i] = evaluation.images().get(i).score();
      defective[i] = evaluation.images().get(i).defective();
      count += defective[i] ? 1 : 0;
    }
    if (count >= 2 && n - count >= 2) {
      var interval = AurocInterval.of(scores, defective, CONFIDENCE);
      builder.confidenceInterval(
          Metric.IMAGE_AUROC,
          new Interval(interval.lower(), interval.upper(), CONFIDENCE, "DeLong, over test images"));
    }
  }

  private ImageExample example(Evaluation.Scored image, Sample sample, ColorScale scale) {
    int width = preprocessing.size().width();
    int height = preprocessing.size().height();
    byte[] pixels = preprocessing.resize(ImageFile.read(sample.image())).pixels();
    byte[] mask = image.mask();
    boolean[] outline = new boolean[width * height];
    boolean any = false;
    for (int i = 0; mask != null && i < outline.length; i++) {
      outline[i] = mask[i] != 0;
      any |= outline[i];
    }
    return new ImageExample(
        image.name(),
        Heatmap.image(pixels, width, height),
        Heatmap.overlay(pixels, image.map(), width, height, scale),
        any ? Heatmap.outline(outline, width, height) : null);
  }
}
