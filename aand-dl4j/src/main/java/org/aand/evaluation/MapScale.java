package org.aand.evaluation;

import java.util.List;
import org.aand.calibration.HeatmapRange;
import org.aand.common.heatmap.ColorScale;

/** The colour scale of a method's anomaly maps. */
public final class MapScale {
  private MapScale() {}

  /**
   * One colour scale for all images, from the normal ones: their map values stay in its lower half.
   * Without normal images it spans all values.
   */
  public static ColorScale of(List<Evaluation.Scored> images) {
    var normals = images.stream().filter(i -> !i.defective()).toList();
    double reached =
        (normals.isEmpty() ? images : normals)
            .stream().mapToDouble(i -> HeatmapRange.reached(i.map())).max().orElse(1);
    return new ColorScale(0, HeatmapRange.maximum(normals.isEmpty() ? reached / 2 : reached));
  }
}
