package org.aand.api;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.aand.backend.Backend;
import org.aand.calibration.Calibration;
import org.aand.calibration.DecisionRule;
import org.aand.common.InputException;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.RgbImage;
import org.aand.detect.Detector;
import org.aand.model.Model;
import org.aand.model.ModelFile;

/**
 * A trained model, ready to detect anomalies in images.
 *
 * <pre>{@code
 * try (AnomalyDetector detector = AnomalyDetector.load(Path.of("runs/bottle"))) {
 *   Detection found = detector.detect(Path.of("part.png"));
 *   if (found.anomalous()) {
 *     Files.write(Path.of("part-heatmap.png"), found.heatmap().bytes());
 *   }
 * }
 * }</pre>
 *
 * <p>Safe to use from several threads. Images are decoded and resized in the callers' threads; the
 * network itself uses all cores for one image (or one batch) at a time, and callers take turns in
 * the order they came. So more threads than one keep the cores busy while others decode, and
 * nothing more: the throughput is the network's. Scores do not depend on who calls, nor on the
 * order; in a batch they may differ from those of single images in the last digits of single
 * precision.
 *
 * <p>Off-heap memory is held until {@link #close}, which waits for what is under way.
 */
public final class AnomalyDetector implements AutoCloseable {
  private static final int BATCH = 8;
  private static final int DECODERS = 2;
  private static final AtomicInteger POOLS = new AtomicInteger();

  private final Model model;
  private final Detector detector;
  private final Preprocessing preprocessing;
  private final DecisionRule rule;
  private final ReentrantLock turns = new ReentrantLock(true);
  private final ExecutorService workers;
  private boolean closed;

  private AnomalyDetector(Model model, Detector detector, DecisionRule rule) {
    this.model = model;
    this.detector = detector;
    this.rule = rule;
    preprocessing = model.preprocessing();
    int pool = POOLS.incrementAndGet();
    var number = new AtomicInteger();
    workers =
        Executors.newFixedThreadPool(
            DECODERS,
            task -> {
              var thread = new Thread(task, "detect-" + pool + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Loads a model, to decide by its own threshold.
   *
   * @param model a model file, or the run folder that it is in
   * @throws InputException if it cannot be used
   */
  public static AnomalyDetector load(Path model) {
    return load(model, OptionalDouble.empty());
  }

  /**
   * Loads a model, to decide by a threshold of one's own.
   *
   * @param model a model file, or the run folder that it is in
   * @param threshold higher scores are anomalous; empty for the model's own
   * @throws InputException if the model cannot be used
   * @throws IllegalArgumentException if the threshold is not finite
   */
  public static AnomalyDetector load(Path model, OptionalDouble threshold) {
    Backend.prepare();
    var stored = ModelFile.read(ModelFile.locate(model));
    try {
      var rule = new DecisionRule(stored.notes().calibration(), threshold);
      return new AnomalyDetector(stored.model(), Detector.takingOver(stored.model()), rule);
    } catch (RuntimeException e) {
      stored.model().close();
      throw e;
    }
  }

  /** How the model is calibrated; empty if it is not. */
  public java.util.Optional<Calibration> calibration() {
    return rule.calibration();
  }

  /** Higher scores are anomalous; empty if nothing can be decided. */
  public OptionalDouble threshold() {
    return rule.threshold();
  }

  /** N: width and height that images are resized to, and of the maps; the model's resolution. */
  public int imageSize() {
    return preprocessing.size();
  }

  /**
   * Detects anomalies in an image file: PNG, JPEG, BMP, TIFF.
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
    return detect(ImageFile.decode(encoded, "handed over"));
  }

  /**
   * Detects anomalies in an image of the Java runtime.
   *
   * @throws InputException if its pixels are of a kind that is not read
   */
  public Detection detect(BufferedImage image) {
    return detect(ImageFile.of(image, "handed over"));
  }

  /**
   * Detects anomalies in pixels.
   *
   * @param rgb {@code [height, width, 3]} in row-major order, red green blue, each 0..255 unsigned;
   *     not copied, so it must not be written to afterwards
   * @throws IllegalArgumentException if the array does not fit the size
   */
  public Detection detect(byte[] rgb, int width, int height) {
    return detect(new RgbImage(width, height, rgb));
  }

  /**
   * Detects anomalies in pixels, which are rounded to 8 bits as those of any image file.
   *
   * @param rgb {@code [height, width, 3]} in row-major order, red green blue, each in [0, 1]
   * @throws IllegalArgumentException if the array does not fit the size or holds another value
   */
  public Detection detect(float[] rgb, int width, int height) {
    byte[] pixels = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      if (!(rgb[i] >= 0 && rgb[i] <= 1)) {
        throw new IllegalArgumentException("a pixel's value is " + rgb[i] + ", not in [0, 1]");
      }
      pixels[i] = (byte) Math.round(255 * rgb[i]);
    }
    return detect(new RgbImage(width, height, pixels));
  }

  /** Detects anomalies in a decoded image. */
  public Detection detect(RgbImage image) {
    return look(List.of(image)).get(0);
  }

  /**
   * Detects anomalies in many image files; faster than one by one.
   *
   * @return in the files' order; each holds on to its decoded image, so hand over as many at a time
   *     as memory allows
   * @throws InputException if one of them cannot be used
   */
  public List<Detection> detectAll(List<Path> images) {
    var all = new ArrayList<Detection>(images.size());
    for (int from = 0; from < images.size(); from += BATCH) {
      var batch = images.subList(from, Math.min(images.size(), from + BATCH));
      all.addAll(look(batch.parallelStream().map(ImageFile::read).toList()));
    }
    return all;
  }

  /**
   * Detects anomalies in many decoded images.
   *
   * @return in the images' order
   */
  public List<Detection> detectImages(List<RgbImage> images) {
    var all = new ArrayList<Detection>(images.size());
    for (int from = 0; from < images.size(); from += BATCH) {
      all.addAll(look(images.subList(from, Math.min(images.size(), from + BATCH))));
    }
    return all;
  }

  /**
   * Detects anomalies in an image file in the background.
   *
   * @return completed with what is found, or with the {@link InputException} that {@link
   *     #detect(Path)} would throw; as many are kept waiting as are asked for
   * @throws IllegalStateException if the detector is closed
   */
  public CompletableFuture<Detection> detectAsync(Path image) {
    return later(() -> detect(image));
  }

  /** The same for the bytes of an image file. */
  public CompletableFuture<Detection> detectAsync(byte[] encoded) {
    return later(() -> detect(encoded));
  }

  /** The same for a decoded image. */
  public CompletableFuture<Detection> detectAsync(RgbImage image) {
    return later(() -> detect(image));
  }

  private CompletableFuture<Detection> later(Supplier<Detection> work) {
    if (workers.isShutdown()) {
      throw closedAlready();
    }
    return CompletableFuture.supplyAsync(work, workers);
  }

  private List<Detection> look(List<RgbImage> images) {
    var inputs = images.stream().map(preprocessing::apply).toList();
    var found = inTurn(inputs);
    var detections = new ArrayList<Detection>(images.size());
    for (int i = 0; i < images.size(); i++) {
      detections.add(new Detection(images.get(i), imageSize(), finite(found.get(i)), rule));
    }
    return detections;
  }

  private List<Detector.Detection> inTurn(List<float[]> inputs) {
    turns.lock();
    try {
      if (closed) {
        throw closedAlready();
      }
      return detector.detect(inputs);
    } finally {
      turns.unlock();
    }
  }

  private static Detector.Detection finite(Detector.Detection found) {
    if (!Float.isFinite(found.score())) {
      throw new InputException(
          "the model gives the score " + found.score() + "; its weights are unusable, train again");
    }
    return found;
  }

  private static IllegalStateException closedAlready() {
    return new IllegalStateException("the detector is closed");
  }

  /** Finishes what is under way, then frees the memory. Idempotent. */
  @Override
  public void close() {
    workers.shutdown();
    boolean interrupted = false;
    while (!workers.isTerminated()) {
      try {
        workers.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    turns.lock();
    try {
      if (!closed) {
        closed = true;
        detector.close();
        model.close();
      }
    } finally {
      turns.unlock();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
