package org.aand.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.aand.common.InputException;
import org.aand.common.image.Preprocessing;
import org.aand.detect.Detector;
import org.aand.io.dataset.Sample;
import org.aand.io.reader.ImageRecordReader;
import org.aand.io.reader.PrefetchingBatches;
import org.aand.metrics.AnomalyMetrics;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A detector on a test set: the scores, the maps and the figures.
 *
 * @param images what was found in each image, in the test set's order
 * @param metrics of the whole set
 * @param skipped files that could not be used
 * @param seconds the detector took, reading not counted
 */
public record Evaluation(
    List<Scored> images, AnomalyMetrics metrics, List<InputException> skipped, double seconds) {
  private static final int BATCH = 8;
  private static final int AHEAD = 2;

  /**
   * One test image.
   *
   * @param name within the category
   * @param defective whether it is
   * @param mask {@code [S, S]}, 1 where defective; null for a defective image without a mask
   * @param map {@code [S, S]}
   * @param score of the image
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Scored(
      String name, boolean defective, byte @Nullable [] mask, float[] map, float score) {}

  /** Is told after every image. */
  @FunctionalInterface
  public interface Progress {
    /** So many more images are done. */
    void advanced(int images);
  }

  /**
   * Runs a detector over samples; none at all give no figures.
   *
   * @param skipBad whether a file that cannot be used is left out instead of ending the evaluation
   * @throws InputException if a file cannot be used, or of several none can
   */
  public static Evaluation of(
      Detector detector,
      List<Sample> samples,
      Preprocessing preprocessing,
      boolean skipBad,
      Progress progress) {
    return of(detector::detect, samples, preprocessing, skipBad, progress);
  }

  /** The same with whatever gives a detection for each of a batch of images. */
  static Evaluation of(
      Function<List<float[]>, List<Detector.Detection>> detector,
      List<Sample> samples,
      Preprocessing preprocessing,
      boolean skipBad,
      Progress progress) {
    var skipped = new ArrayList<InputException>();
    var reader = new ImageRecordReader(samples, preprocessing);
    var chosen = skipBad ? reader.skippingUnreadable(skipped::add) : reader;
    var images = new ArrayList<Scored>();
    long nanos = 0;
    int batches = (samples.size() + BATCH - 1) / BATCH;
    try (var ahead = PrefetchingBatches.of(batches, b -> chosen.next(BATCH), 1, AHEAD)) {
      while (ahead.hasNext()) {
        var records = ahead.next();
        if (records.isEmpty()) {
          continue;
        }
        var inputs = records.stream().map(r -> take(r.get(ImageRecordReader.IMAGE))).toList();
        long start = System.nanoTime();
        var found = detector.apply(inputs);
        nanos += System.nanoTime() - start;
        for (int i = 0; i < records.size(); i++) {
          images.add(scored(records.get(i), found.get(i)));
        }
        progress.advanced(records.size());
      }
    }
    if (images.isEmpty() && !samples.isEmpty()) {
      throw new InputException(
          "none of the "
              + samples.size()
              + " test images can be used"
              + (skipped.isEmpty() ? "" : "; the first: " + skipped.get(0).getMessage()));
    }
    return new Evaluation(
        List.copyOf(images),
        metrics(images, preprocessing.size()),
        List.copyOf(skipped),
        nanos / 1e9);
  }

  private static Scored scored(List<Writable> sample, Detector.Detection detection) {
    boolean defective = ((IntWritable) sample.get(ImageRecordReader.DEFECTIVE)).get() == 1;
    byte[] mask = null;
    if (sample.get(ImageRecordReader.MASK) instanceof NDArrayWritable writable) {
      float[] values = take(writable);
      mask = new byte[values.length];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = (byte) values[i];
      }
    }
    return new Scored(
        sample.get(ImageRecordReader.NAME).toString(),
        defective,
        mask,
        detection.map(),
        detection.score());
  }

  /** The values of an array that a record hands over. */
  private static float[] take(Writable writable) {
    try (var array = ((NDArrayWritable) writable).get()) {
      return array.data().asFloat();
    }
  }

  private static AnomalyMetrics metrics(List<Scored> images, int size) {
    float[] scores = new float[images.size()];
    boolean[] defective = new boolean[images.size()];
    var maps = new ArrayList<float[]>();
    var masks = new ArrayList<byte @Nullable []>();
    for (int i = 0; i < scores.length; i++) {
      var image = images.get(i);
      scores[i] = image.score();
      defective[i] = image.defective();
      maps.add(image.map());
      masks.add(image.mask());
    }
    return AnomalyMetrics.of(scores, defective, maps, masks, size, size);
  }
}
