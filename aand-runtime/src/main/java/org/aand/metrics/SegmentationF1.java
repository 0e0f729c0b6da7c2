package org.aand.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * F1 of the segmentation at a threshold that was set before, without a look at the test set (SegF1
 * of MVTec AD 2).
 *
 * <p>A pixel is called defective when the map is higher than the threshold. The pixels of all
 * images are counted together: {@code 2 TP / (2 TP + FP + FN)}, in [0, 1]. Unlike {@link F1Max} of
 * the pixels, which takes the threshold that is best on the test set, it says what is found in use.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>L. Heckler-Kram, J. Neudeck, U. Scheler, R. Koenig, C. Steger. The MVTec AD 2 Dataset:
 *       Advanced Scenarios for Unsupervised Anomaly Detection. arXiv:2503.21622, 2025.
 * </ol>
 */
public final class SegmentationF1 {
  private SegmentationF1() {}

  /**
   * The F1 of maps that are cut at a threshold.
   *
   * @param maps one anomaly map an image, all of one size
   * @param masks one an image, not 0 where defective; null for an image without defect
   * @param threshold higher pixels are called defective
   * @throws IllegalArgumentException if the shapes do not fit, a map or the threshold is NaN, or no
   *     pixel is defective
   */
  public static double of(List<float[]> maps, List<byte @Nullable []> masks, float threshold) {
    if (Float.isNaN(threshold)) {
      throw new IllegalArgumentException("the pixel threshold is NaN");
    }
    int size = maps.isEmpty() ? 1 : maps.get(0).length;
    MapShapes.requirePairs(maps, masks, size, 1);
    MapShapes.requireNoNaN(maps, size);
    long defective = 0;
    long called = 0;
    long found = 0;
    for (int image = 0; image < maps.size(); image++) {
      float[] map = maps.get(image);
      byte @Nullable [] mask = masks.get(image);
      for (int pixel = 0; pixel < size; pixel++) {
        boolean isCalled = map[pixel] > threshold;
        boolean isDefective = mask != null && mask[pixel] != 0;
        called += isCalled ? 1 : 0;
        defective += isDefective ? 1 : 0;
        found += isCalled && isDefective ? 1 : 0;
      }
    }
    if (defective == 0) {
      throw new IllegalArgumentException("the F1 of a segmentation needs a defective pixel");
    }
    return 2.0 * found / (called + defective);
  }
}
