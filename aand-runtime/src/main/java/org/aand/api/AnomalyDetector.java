package org.aand.api;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.aand.calibration.Calibration;
import org.aand.common.InputException;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.RgbImage;
import org.aand.detect.DetectionEngine;
import org.aand.detect.DetectionLoop;
import org.aand.detect.OpenModel;
import org.aand.drift.DriftMonitor;
import org.aand.runtime.JavaEngine;

/**
 * A trained model, ready to detect anomalies in images.
 *
 * <pre>{@code
 * try (AnomalyDetector detector = AnomalyDetector.load(Path.of("runs/bottle"))) {
 *   Detection found = detector.detect(Path.of("part.png"));
 *   switch (found.verdict()) {
 *     case ANOMALOUS -> Files.write(Path.of("part-heatmap.png"), found.heatmap());
 *     case NORMAL -> {}
 *     case UNDECIDED -> System.err.println("run calibrate on the model");
 *   }
 * }
 * }</pre>
 *
 * <p>Safe to use from several threads. Images are decoded and resized in the callers' threads. An
 * image by itself uses all cores; of several at the same time each has one core, which gives more
 * images a second and each of them later. A score depends on its image alone, to the last bit: not
 * on who calls, on the order, or on the images beside it.
 *
 * <p>Memory and threads are held until {@link #close}, which waits for the images under way.
 */
public final class AnomalyDetector implements AutoCloseable {
  private final OpenModel model;
  private final Preprocessing preprocessing;
  private final DecisionRule rule;

  private AnomalyDetector(OpenModel model, DecisionRule rule) {
    this.model = model;
    this.rule = rule;
    preprocessing = model.contents().description().preprocessing();
  }

  /**
   * Loads a model, to decide by its own threshold.
   *
   * @param model a model file, or the run folder that it is in
   * @throws InputException if it cannot be used
   */
  public static AnomalyDetector load(Path model) {
    return load(model, new JavaEngine());
  }

  /**
   * Loads a model into an engine of one's choice; that of {@link #load(Path)} is the one in plain
   * Java.
   *
   * @param model a model file, or the run folder that it is in
   * @throws InputException if it cannot be used
   */
  public static AnomalyDetector load(Path model, DetectionEngine engine) {
    var open = engine.open(model);
    return new AnomalyDetector(open, DecisionRule.of(open.contents().notes()));
  }

  /**
   * The same model with a threshold of one's own. Both share one network: closing either closes
   * both.
   *
   * @param threshold higher scores are anomalous
   * @throws IllegalArgumentException if the threshold is not finite
   */
  public AnomalyDetector withThreshold(double threshold) {
    return new AnomalyDetector(model, rule.withThreshold(threshold));
  }

  /**
   * The same model with a pixel threshold of one's own, by which regions are found. Both share one
   * network: closing either closes both.
   *
   * @param threshold higher pixels of an anomaly map belong to a region
   * @throws IllegalArgumentException if the threshold is not finite
   */
  public AnomalyDetector withPixelThreshold(double threshold) {
    return new AnomalyDetector(model, rule.withPixelThreshold(threshold));
  }

  /**
   * The same model with another least area of a region, {@link MinimumArea#USUAL} otherwise. Both
   * share one network: closing either closes both.
   */
  public AnomalyDetector withMinimumArea(MinimumArea area) {
    return new AnomalyDetector(model, rule.withMinimumArea(area));
  }

  /** How scores become verdicts. */
  public DecisionRule rule() {
    return rule;
  }

  /**
   * Watches a line's images for drift from the normal ones that the model was calibrated by.
   *
   * @return a monitor of its own that has seen nothing; empty if the model does not know the traits
   *     of normal images
   */
  public Optional<DriftMonitor> driftMonitor(DriftMonitor.Settings settings) {
    return rule.calibration()
        .flatMap(Calibration::traits)
        .map(normal -> new DriftMonitor(normal, settings));
  }

  /** Height in pixels that images are resized to, and of the maps. */
  public int height() {
    return preprocessing.size().height();
  }

  /** Width in pixels that images are resized to, and of the maps. */
  public int width() {
    return preprocessing.size().width();
  }

  /**
   * Detects anomalies in an image file: PNG, JPEG, BMP, TIFF or BigTIFF, GIF, PNM.
   *
   * @throws InputException if it cannot be used
   */
  public Detection detect(Path image) {
    return detect(ImageFile.read(image));
  }

  /**
   * Detects anomalies in the bytes of an image file.
   *
   * @throws InputException if they cannot be used
   */
  public Detection detect(byte[] encoded) {
    return detect(ImageFile.decode(encoded, "the image"));
  }

  /**
   * Detects anomalies in an image of the Java runtime.
   *
   * @throws InputException if its pixels are of a kind that is not read
   */
  public Detection detect(BufferedImage image) {
    return detect(ImageFile.of(image, "the image"));
  }

  /**
   * Detects anomalies in pixels, such as those of a camera's driver.
   *
   * @param rgb {@code [height, width, 3]} in row-major order, red green blue, each 0..255 unsigned;
   *     not copied, so it must not be written to afterwards
   * @throws IllegalArgumentException if the array does not fit the size
   */
  public Detection detect(byte[] rgb, int width, int height) {
    return detect(new RgbImage(width, height, rgb));
  }

  /** Detects anomalies in a decoded image. */
  public Detection detect(RgbImage image) {
    return detect(image, preprocessing.resize(image));
  }

  /**
   * Detects anomalies in many image files, one a core.
   *
   * @return in the files' order, a detection or a failure for each; every detection holds on to its
   *     decoded image, so for more files than memory holds take {@link #detectEach}
   */
  public List<Outcome> detectBatch(List<Path> images) {
    var outcomes = new ArrayList<Outcome>(images.size());
    detectEach(images, outcomes::add);
    return outcomes;
  }

  /**
   * Detects anomalies in any number of image files and hands on each outcome at once.
   *
   * @param consumer takes the outcomes in the files' order, in the calling thread
   */
  public void detectEach(List<Path> images, Consumer<Outcome> consumer) {
    DetectionLoop.run(
        images.size(),
        model.concurrency(),
        i -> Loaded.of(images.get(i), preprocessing),
        loaded -> detect(loaded.image(), loaded.resized()),
        new DetectionLoop.Handler<Loaded, Detection>() {
          @Override
          public void found(Loaded loaded, Detection found) {
            consumer.accept(new Outcome.Detected(loaded.file(), found));
          }

          @Override
          public void failed(int index, InputException e) {
            consumer.accept(new Outcome.Failed(images.get(index), String.valueOf(e.getMessage())));
          }
        });
  }

  /** An image file, decoded, and the same at the network's size. */
  private record Loaded(Path file, RgbImage image, RgbImage resized) {
    static Loaded of(Path file, Preprocessing preprocessing) {
      var image = ImageFile.read(file);
      return new Loaded(file, image, preprocessing.resize(image));
    }
  }

  private Detection detect(RgbImage image, RgbImage resized) {
    var found = model.detect(preprocessing.normalisation().apply(resized));
    if (!Float.isFinite(found.score())) {
      throw new InputException(
          "the model gives the score " + found.score() + "; its weights are unusable, train again");
    }
    return new Detection(image, resized, found, rule);
  }

  /** Waits for the images under way, then frees the memory. Idempotent. */
  @Override
  public void close() {
    model.close();
  }
}
