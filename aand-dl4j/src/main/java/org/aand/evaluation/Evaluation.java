package org.aand.evaluation;

import static org.aand.io.reader.ImageRecordReader.DEFECTIVE;
import static org.aand.io.reader.ImageRecordReader.IMAGE;
import static org.aand.io.reader.ImageRecordReader.MASK;
import static org.aand.io.reader.ImageRecordReader.NAME;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.detect.DetectionLoop;
import org.aand.detect.OpenModel;
import org.aand.detect.Prediction;
import org.aand.io.dataset.Sample;
import org.aand.io.reader.ImageRecordReader;
import org.aand.io.reader.ImageWritable;
import org.aand.io.reader.MaskWritable;
import org.aand.metrics.AnomalyMetrics;
import org.aand.metrics.SegmentationF1;
import org.datavec.api.writable.Writable;
import org.jspecify.annotations.Nullable;

/**
 * A detector on a test set: the scores, the maps and the metrics.
 *
 * @param images what was found in each image, in the test set's order
 * @param metrics of the whole set
 * @param skipped files that could not be used
 * @param seconds the detector took, reading not counted
 */
public record Evaluation(
    List<Scored> images, AnomalyMetrics metrics, List<InputException> skipped, double seconds) {
  /**
   * One test image.
   *
   * @param name within the category
   * @param defective whether it is
   * @param mask {@code [height, width]}, 1 where defective; null for a defective image without a
   *     mask
   * @param map {@code [height, width]}
   * @param score of the image
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Scored(
      String name, boolean defective, byte @Nullable [] mask, float[] map, float score) {}

  /** Called after every image. */
  @FunctionalInterface
  public interface Progress {
    /** So many more images are done. */
    void advanced(int images);
  }

  /**
   * Runs a model over samples; none at all give no metrics.
   *
   * @param skipBad whether a file that cannot be used is left out instead of ending the evaluation
   * @throws InputException if a file cannot be used, or of several none can
   */
  public static Evaluation of(
      OpenModel model,
      List<Sample> samples,
      Preprocessing preprocessing,
      boolean skipBad,
      Progress progress) {
    return of(model::detect, model.concurrency(), samples, preprocessing, skipBad, progress);
  }

  /** The same with whatever gives a prediction for a normalised image, one after the other. */
  public static Evaluation of(
      Function<float[], Prediction> detector,
      List<Sample> samples,
      Preprocessing preprocessing,
      boolean skipBad,
      Progress progress) {
    return of(detector, 1, samples, preprocessing, skipBad, progress);
  }

  private static Evaluation of(
      Function<float[], Prediction> detector,
      int concurrency,
      List<Sample> samples,
      Preprocessing preprocessing,
      boolean skipBad,
      Progress progress) {
    var skipped = new ArrayList<InputException>();
    var images = new ArrayList<Scored>();
    var reader = new ImageRecordReader(samples, preprocessing);
    double seconds =
        DetectionLoop.run(
            reader.size(),
            concurrency,
            reader::record,
            record -> detector.apply(((ImageWritable) record.get(IMAGE)).values()),
            new DetectionLoop.Handler<List<Writable>, Prediction>() {
              @Override
              public void found(List<Writable> record, Prediction found) {
                images.add(scored(record, found));
                progress.advanced(1);
              }

              @Override
              public void failed(int index, InputException e) {
                if (!skipBad) {
                  throw e;
                }
                skipped.add(e);
                progress.advanced(1);
              }
            });
    if (images.isEmpty() && !samples.isEmpty()) {
      throw new InputException(
          "none of the "
              + samples.size()
              + " test images can be used"
              + (skipped.isEmpty() ? "" : "; the first: " + skipped.get(0).getMessage()));
    }
    return new Evaluation(
        List.copyOf(images), metrics(images, preprocessing.size()), List.copyOf(skipped), seconds);
  }

  /**
   * {@link SegmentationF1} at a threshold; absent where there is none or no mask marks a defect.
   *
   * @param pixelThreshold higher pixels are called anomalous
   */
  OptionalDouble segmentationF1(OptionalDouble pixelThreshold) {
    if (pixelThreshold.isEmpty() || metrics.pixelAuroc().isEmpty()) {
      return OptionalDouble.empty();
    }
    var maps = new ArrayList<float[]>();
    var masks = new ArrayList<byte @Nullable []>();
    for (var image : images) {
      byte @Nullable [] mask = image.mask();
      if (mask != null || !image.defective()) {
        maps.add(image.map());
        masks.add(mask);
      }
    }
    return OptionalDouble.of(SegmentationF1.of(maps, masks, (float) pixelThreshold.getAsDouble()));
  }

  private static Scored scored(List<Writable> record, Prediction found) {
    return new Scored(
        record.get(NAME).toString(),
        record.get(DEFECTIVE).toInt() == 1,
        record.get(MASK) instanceof MaskWritable mask ? mask.mask() : null,
        found.map(),
        found.score());
  }

  private static AnomalyMetrics metrics(List<Scored> images, ImageSize size) {
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
    return AnomalyMetrics.of(scores, defective, maps, masks, size.width(), size.height());
  }
}
