package org.aand.runtime;

import java.util.List;
import org.aand.detect.LocationScores;
import org.aand.detect.MapPredictor;
import org.aand.detect.Prediction;
import org.aand.runtime.engine.Plan;

/**
 * Finds anomalies: from normalised images to anomaly maps and scores, in plain Java.
 *
 * <p>A result is the same to the last bit whatever the number of threads and the images beside it.
 * For one calling thread at a time; closed by its opener.
 */
public final class Detector implements AutoCloseable {
  private final Plan plan;
  private final MapPredictor predictor;

  Detector(RuntimeModel model, int threads) {
    plan = model.engine().plan(threads);
    predictor = new MapPredictor(model.description(), this::discrepancies);
  }

  /**
   * Detects anomalies in one image, in its tiles where the model has any.
   *
   * @param image {@code [height, width, 3]} of the model's resolution, normalised
   * @throws IllegalArgumentException if it has another size
   */
  public Prediction detect(float[] image) {
    return predictor.predict(image);
  }

  /**
   * Detects anomalies in a batch that passes the network together. Images in tiles pass one by one.
   *
   * @param images {@code [height, width, 3]} each, of the model's resolution, normalised
   */
  public List<Prediction> detect(List<float[]> images) {
    return predictor.predict(images);
  }

  /** Runs the network alone; see {@link LocationScores#of}. */
  public List<List<double[]>> discrepancies(List<float[]> images) {
    return discrepancies(images, Plan.Observer.NONE);
  }

  /** Runs the network alone and reports what every operation took. */
  public List<List<double[]>> discrepancies(List<float[]> images, Plan.Observer observer) {
    return plan.run(images, observer).stream()
        .map(levels -> levels.stream().map(Detector::widened).toList())
        .toList();
  }

  private static double[] widened(float[] level) {
    double[] wide = new double[level.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = level[i];
    }
    return wide;
  }

  @Override
  public void close() {
    plan.close();
  }
}
