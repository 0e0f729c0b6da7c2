package org.aand.run;

import java.util.Arrays;
import java.util.List;
import org.aand.report.image.ColorScale;

/** The colour scale of a method's anomaly maps. */
public final class MapScale {
  /** Share of all map values of good images that lie below the middle of the colour scale. */
  private static final double CALM = 0.999;

  private MapScale() {}

  /**
   * One colour scale for all images, from the good ones: their map values stay in its lower half.
   * Without good images it spans all values.
   */
  public static ColorScale of(List<Evaluation.Scored> images) {
    var good = images.stream().filter(i -> !i.defective()).toList();
    double quantile = quantile(good.isEmpty() ? images : good);
    double max = good.isEmpty() ? quantile : 2 * quantile;
    return new ColorScale(0, Math.max(max, 1e-6));
  }

  private static double quantile(List<Evaluation.Scored> images) {
    double[] highest = new double[images.size()];
    for (int i = 0; i < highest.length; i++) {
      float[] map = images.get(i).map().clone();
      Arrays.sort(map);
      highest[i] = map[(int) (CALM * (map.length - 1))];
    }
    return Arrays.stream(highest).max().orElse(1);
  }
}
