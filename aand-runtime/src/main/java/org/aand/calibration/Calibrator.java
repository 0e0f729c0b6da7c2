package org.aand.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.drift.ImageTraits;
import org.aand.drift.NormalTraits;
import org.aand.metrics.UpperQuantile;

/**
 * Makes a calibration from what a detector finds in normal images, and in defective ones if there
 * are any.
 */
public final class Calibrator {
  /** False alarms that are accepted unless the user says otherwise. */
  public static final double FALSE_ALARM_RATE = 0.05;

  private final List<Float> normal = new ArrayList<>();
  private final List<Float> defective = new ArrayList<>();
  private final UpperQuantile pixels = new UpperQuantile();
  private final NormalTraits.Builder traits = new NormalTraits.Builder();
  private double reached;

  /**
   * Adds a normal image that the network was not trained on.
   *
   * @param map its anomaly map
   * @throws IllegalArgumentException if the score or a pixel is not finite
   */
  public void normal(float score, float[] map) {
    normal.add(finite(score));
    pixels.add(map);
    reached = Math.max(reached, HeatmapRange.reached(map));
  }

  /**
   * Adds a normal image that the network was not trained on, with the traits that drift is watched
   * by.
   *
   * @param map its anomaly map
   * @throws IllegalArgumentException if the score or a pixel is not finite
   */
  public void normal(float score, float[] map, ImageTraits imageTraits) {
    normal(score, map);
    traits.add(score, imageTraits);
  }

  /**
   * Adds an image that shows a defect.
   *
   * @throws IllegalArgumentException if the score is not finite
   */
  public void defective(float score) {
    defective.add(finite(score));
  }

  private static float finite(float score) {
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException("a score is " + score);
    }
    return score;
  }

  /** How many normal images there were. */
  public int normals() {
    return normal.size();
  }

  /**
   * The calibration; with defective images its threshold is the one of the best F1, else the
   * quantile that keeps the false-alarm rate.
   *
   * @param rates accepted
   * @param normals which images the normal ones are, in a few words
   * @throws IllegalArgumentException if there were no normal images
   */
  public Calibration calibration(Rates rates, String normals) {
    if (normal.isEmpty()) {
      throw new IllegalArgumentException("a calibration needs normal images");
    }
    var calibration =
        Calibration.of(
            normal,
            rates.falseAlarm(),
            HeatmapRange.maximum(reached),
            normals,
            Optional.of(new PixelThreshold(pixels.exceededBy(rates.pixel()), rates.pixel())),
            traits.build());
    return defective.isEmpty()
        ? calibration
        : calibration.withThreshold(F1Threshold.of(normal, defective), Calibration.Basis.F1);
  }
}
