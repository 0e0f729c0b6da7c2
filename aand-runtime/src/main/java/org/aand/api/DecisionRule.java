package org.aand.api;

import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.calibration.Calibration;
import org.aand.common.heatmap.ColorScale;
import org.aand.model.ModelFile;

/**
 * The one place where a score becomes a decision.
 *
 * @param calibration of the model, if it has one
 * @param ownThreshold the user's, which goes before the calibration's
 * @param ownPixelThreshold the user's, which goes before the calibration's
 * @param minimumArea how large a region has to be to count
 */
public record DecisionRule(
    Optional<Calibration> calibration,
    OptionalDouble ownThreshold,
    OptionalDouble ownPixelThreshold,
    MinimumArea minimumArea) {
  /** Of an uncalibrated model, whose normal maps are not known. */
  private static final ColorScale UNCALIBRATED = new ColorScale(0, 1);

  /**
   * @throws IllegalArgumentException if a threshold is not finite
   */
  public DecisionRule {
    requireFinite(ownThreshold);
    requireFinite(ownPixelThreshold);
  }

  private static void requireFinite(OptionalDouble threshold) {
    if (threshold.isPresent() && !Float.isFinite((float) threshold.getAsDouble())) {
      throw new IllegalArgumentException("threshold " + threshold.getAsDouble());
    }
  }

  /** With the calibration's pixel threshold and the usual least area of a region. */
  public DecisionRule(Optional<Calibration> calibration, OptionalDouble ownThreshold) {
    this(calibration, ownThreshold, OptionalDouble.empty(), MinimumArea.USUAL);
  }

  /** The rule that a model file brings along. */
  public static DecisionRule of(ModelFile.Notes notes) {
    return new DecisionRule(notes.calibration(), OptionalDouble.empty());
  }

  /** The same with a threshold of one's own. */
  DecisionRule withThreshold(double threshold) {
    return new DecisionRule(
        calibration, OptionalDouble.of(threshold), ownPixelThreshold, minimumArea);
  }

  /** The same with a pixel threshold of one's own. */
  DecisionRule withPixelThreshold(double threshold) {
    return new DecisionRule(calibration, ownThreshold, OptionalDouble.of(threshold), minimumArea);
  }

  /** The same with another least area of a region. */
  DecisionRule withMinimumArea(MinimumArea area) {
    return new DecisionRule(calibration, ownThreshold, ownPixelThreshold, area);
  }

  /**
   * What a score means.
   *
   * @param score compared in single precision, as it was computed
   * @param percentile percentage of the held-out normals that score lower, where they are known
   * @param verdict the decision
   */
  public record Decision(float score, OptionalDouble percentile, Verdict verdict) {}

  /** Images that score higher than this are anomalous; empty if nothing can be decided. */
  public OptionalDouble threshold() {
    return ownThreshold.isPresent() || calibration.isEmpty()
        ? ownThreshold
        : OptionalDouble.of(calibration.get().threshold());
  }

  /** Pixels of a map that are higher than this are anomalous; empty if that is not known. */
  public OptionalDouble pixelThreshold() {
    if (ownPixelThreshold.isPresent()) {
      return ownPixelThreshold;
    }
    var pixel = calibration.flatMap(Calibration::pixelThreshold);
    return pixel.isPresent() ? OptionalDouble.of(pixel.get().value()) : OptionalDouble.empty();
  }

  /**
   * Decides.
   *
   * @throws IllegalArgumentException if the score is not finite
   */
  public Decision decide(float score) {
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException("the score is " + score);
    }
    var threshold = threshold();
    var percentile =
        calibration.isPresent()
            ? OptionalDouble.of(calibration.get().percentile(score))
            : OptionalDouble.empty();
    return new Decision(score, percentile, verdict(score, threshold));
  }

  private static Verdict verdict(float score, OptionalDouble threshold) {
    if (threshold.isEmpty()) {
      return Verdict.UNDECIDED;
    }
    return score > (float) threshold.getAsDouble() ? Verdict.ANOMALOUS : Verdict.NORMAL;
  }

  /** What the threshold promises, in a sentence; empty for an uncalibrated model. */
  public String promise() {
    return calibration.map(Calibration::sentence).orElse("");
  }

  /** The one colour scale of all heatmaps; from 0 to 1 for an uncalibrated model. */
  public ColorScale heatmapScale() {
    return calibration.map(Calibration::heatmapScale).orElse(UNCALIBRATED);
  }
}
