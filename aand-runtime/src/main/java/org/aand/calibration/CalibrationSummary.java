package org.aand.calibration;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A calibration in words. */
public final class CalibrationSummary {
  private CalibrationSummary() {}

  /** The thresholds, what set them, and what they promise, by label. */
  public static Map<String, String> describe(Calibration calibration) {
    var text = new LinkedHashMap<String, String>();
    var expected = calibration.expected();
    text.put("threshold", Float.toString(calibration.threshold()));
    text.put("threshold by", basis(calibration));
    text.put(
        "expected false-alarm rate",
        String.format(
            Locale.ROOT,
            "%.1f %% (%.0f %% interval %.1f to %.1f %%)",
            100 * expected.expected(),
            100 * FalseAlarms.CONFIDENCE,
            100 * expected.lower(),
            100 * expected.upper()));
    text.put("held-out normals", calibration.normals());
    text.put(
        "pixel threshold",
        calibration
            .pixelThreshold()
            .map(CalibrationSummary::pixel)
            .orElse("no pixel threshold; calibrate again by images"));
    return text;
  }

  private static String pixel(PixelThreshold pixel) {
    return pixel.value()
        + ", above which lie at most "
        + pixel.rate()
        + " of the held-out normals' pixels";
  }

  /** What set the threshold. */
  public static String basis(Calibration calibration) {
    return switch (calibration.basis()) {
      case QUANTILE ->
          "the quantile of the held-out normals for a false-alarm rate of "
              + calibration.falseAlarmRate();
      case F1 -> "the best F1 on labelled images";
      case USER -> "the user's choice";
    };
  }
}
