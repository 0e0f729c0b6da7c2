package org.aand.serve.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.aand.calibration.Calibration;
import org.aand.calibration.CalibrationSummary;

/** What the program says about a model. */
public final class ModelText {
  private ModelText() {}

  /** A line of a label and its value. */
  public static String line(String label, Object value) {
    return String.format(Locale.ROOT, "  %-28s %s", label, value);
  }

  static List<String> calibration(Calibration calibration) {
    var lines = new ArrayList<String>();
    CalibrationSummary.describe(calibration).forEach((label, text) -> lines.add(line(label, text)));
    lines.add(
        line(
            "of them above the threshold",
            calibration.falseAlarms() + " of " + calibration.normalScores().size()));
    return lines;
  }
}
