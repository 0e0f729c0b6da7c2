package org.aand.evaluation;

import java.util.List;
import org.aand.calibration.HeatmapRange;
import org.aand.common.heatmap.ColorScale;

/** The colour scale of a method's anomaly maps. */
public final class MapScale {
  private MapScale() {}

  /**
   * One colour scale for all images, from the good ones: their map values stay in its lower half.
   * Without good images it spans all values.
   */
  public static ColorScale of(List<Evaluation.Scored> images) {
    var good = images.stream().filter(i -> !i.defective()).toList();
    double reached =
        (good.isEmpty() ? images : good)
            .stream().mapToDouble(i -> HeatmapRange.reached(i.map())).max().orElse(1);
    return new ColorScale(0, HeatmapRange.maximum(good.isEmpty() ? reached / 2 : reached));
  }
}
