package org.aand.train;

import java.util.function.LongFunction;
import org.aand.common.concurrent.Prefetcher;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Normalisation;
import org.aand.common.image.RgbImage;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a small teacher to have a larger one's features, on images that need no labels.
 *
 * <p>Both have the same numbers of channels at the three levels. Every step sees new images.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>A. Romero et al. FitNets: hints for thin deep nets. ICLR 2015.
 * </ol>
 */
public final class TeacherDistillation {
  private static final int AHEAD = 3;
  private static final int LOADERS = 1;

  private TeacherDistillation() {}

  /**
   * The schedule.
   *
   * @param steps of the optimiser
   * @param batchSize images a step
   * @param imageSize width and height of the images, a multiple of 16
   * @param rate the learning rate's highest value; it falls to nothing along a half cosine
   */
  public record Options(int steps, int batchSize, int imageSize, double rate) {
    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public Options {
      if (steps < 1 || batchSize < 1 || imageSize < 16 || imageSize % 16 != 0 || !(rate > 0)) {
        throw new IllegalArgumentException(
            "pretraining: at least one step and image, an image size that is a multiple of 16, a"
                + " positive rate");
      }
    }
  }

  /** Receives its events. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A step is done.
     *
     * @param step from 1
     * @param local mean {@code 1 - cos} over locations, summed over the three levels
     */
    void onStep(int step, double local);
  }

  /**
   * Trains in place.
   *
   * @param small its backbone
   * @param parameters of the small teacher; updated
   * @param large the larger teacher's backbone
   * @param given the larger teacher's parameters; not changed
   * @param generated the image of a number, of the options' size
   * @throws IllegalArgumentException if the two have different numbers of channels
   */
  public static void run(
      Backbone small,
      Parameters parameters,
      Backbone large,
      Parameters given,
      LongFunction<RgbImage> generated,
      Options options,
      Listener listener) {
    if (!small.channels().equals(large.channels())) {
      throw new IllegalArgumentException(
          small.name()
              + " has "
              + small.channels()
              + " channels, "
              + large.name()
              + " has "
              + large.channels()
              + "; a teacher is distilled from one with the same");
    }
    try (var teacher = new FrozenFeatures(AmplifiedTeacher.plain(large), given);
        var graph = new TeacherGraph(small, parameters, DataType.FLOAT);
        var adam = new Adam(new Adam.Options(0.9, 0.999, 1e-8));
        var batches =
            Prefetcher.of(
                options.steps(), step -> batch(generated, options, step), LOADERS, AHEAD)) {
      for (int step = 0; batches.hasNext(); step++) {
        try (var images = batches.next()) {
          var outputs = graph.compute(images, teacher.of(images));
          double local = graph.local(outputs);
          graph.update(outputs, adam, rate(options, step));
          listener.onStep(step + 1, local);
        }
      }
    }
  }

  private static double rate(Options options, int step) {
    return options.rate() * 0.5 * (1 + Math.cos(Math.PI * step / options.steps()));
  }

  private static INDArray batch(LongFunction<RgbImage> generated, Options options, int step) {
    var images = new float[options.batchSize()][];
    for (int i = 0; i < images.length; i++) {
      var image = generated.apply((long) step * options.batchSize() + i);
      images[i] = Normalisation.IMAGENET.apply(image);
    }
    return Batches.images(images, ImageSize.square(options.imageSize()));
  }
}
