package org.aand.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.aand.metrics.AnomalyMetrics;
import org.aand.metrics.Aupro;
import org.aand.metrics.Auroc;
import org.aand.metrics.ConnectedRegions;
import org.aand.metrics.ConnectedRegions.Connectivity;
import org.aand.metrics.F1Max;
import org.aand.metrics.PixelRanking;
import org.aand.metrics.Rd4adPro;

/** Case {@code metrics}: every metric of the reference, on every set of maps it holds. */
final class MetricsGolden implements GoldenCheck {
  /** Both sides compute in double from the same counts; only the order of sums differs. */
  private static final double TOLERANCE = 1e-12;

  @Override
  public void check(GoldenCase golden) {
    var values = golden.json().path("values");
    for (Iterator<String> sets = values.fieldNames(); sets.hasNext(); ) {
      String set = sets.next();
      new MapSet(golden, set, values.path(set)).check();
    }
  }

  /** One set of maps with its masks, labels and expected metrics. */
  private static final class MapSet {
    private final GoldenCase golden;
    private final String name;
    private final JsonNode expected;
    private final Set<String> unseen = new TreeSet<>();
    private final List<float[]> maps = new ArrayList<>();
    private final List<byte[]> masks = new ArrayList<>();
    private final boolean[] defective;
    private final float[] scores;
    private final int height;
    private final int width;

    MapSet(GoldenCase golden, String name, JsonNode expected) {
      this.golden = golden;
      this.name = name;
      this.expected = expected;
      expected.fieldNames().forEachRemaining(unseen::add);
      var map = golden.input(name + "_map");
      height = map.shape()[1];
      width = map.shape()[2];
      float[] allMaps = map.floats();
      byte[] allMasks = golden.input(name + "_mask").bytes();
      byte[] labels = golden.input(name + "_labels").bytes();
      defective = new boolean[map.shape()[0]];
      scores = new float[defective.length];
      int pixels = height * width;
      for (int image = 0; image < defective.length; image++) {
        defective[image] = labels[image] != 0;
        float[] one = Arrays.copyOfRange(allMaps, image * pixels, (image + 1) * pixels);
        maps.add(one);
        masks.add(Arrays.copyOfRange(allMasks, image * pixels, (image + 1) * pixels));
        scores[image] = one[0];
        for (float value : one) {
          scores[image] = Math.max(scores[image], value);
        }
      }
    }

    void check() {
      var pixels = PixelRanking.of(maps, masks, width, height);
      scalar("i_auroc", Auroc.of(scores, defective));
      scalar("p_auroc", Auroc.of(pixels.ranking()));
      scalar("aupro_exact_0.3", Aupro.of(pixels, 0.3));
      scalar("aupro_exact_0.05", Aupro.of(pixels, 0.05));
      scalar("aupro_exact_1.0", Aupro.of(pixels, 1.0));
      exact("regions_8", regions(Connectivity.EIGHT));
      exact("regions_4", regions(Connectivity.FOUR));

      double[] auproPerImage =
          defectiveImages()
              .mapToDouble(
                  i ->
                      Aupro.of(
                          PixelRanking.of(
                              List.of(maps.get(i)), List.<byte[]>of(masks.get(i)), width, height),
                          0.3))
              .toArray();
      scalar("aupro_exact_0.3_per_image_mean", mean(auproPerImage));

      scalar("pro_official_200_dataset", rd4adPro(maps, masks));
      double[] proPerImage =
          defectiveImages()
              .mapToDouble(i -> rd4adPro(List.of(maps.get(i)), List.<byte[]>of(masks.get(i))))
              .toArray();
      var expectedPerImage = seen("pro_official_200_per_image");
      exact(name + " images with PRO", expectedPerImage.size(), proPerImage.length);
      for (int i = 0; i < proPerImage.length; i++) {
        golden.scalar(
            name + ".pro_official_200_per_image[" + i + "]",
            expectedPerImage.path(i).asDouble(Double.NaN),
            proPerImage[i],
            TOLERANCE);
      }
      scalar("pro_official_200_mean_of_images", mean(proPerImage));

      var f1 = F1Max.of(scores, defective);
      scalar("f1_max", f1.f1());
      exact("f1_threshold", f1.threshold());
      scalar("fpr_at_thr", f1.falsePositiveRate());
      scalar("fnr_at_thr", f1.falseNegativeRate());

      checkRecord(f1);
      if (!unseen.isEmpty()) {
        throw new AssertionError(golden.name() + "/" + name + ": never compared " + unseen);
      }
    }

    /** The record that users meet first holds the same metrics. */
    private void checkRecord(F1Max.Result f1) {
      var metrics = AnomalyMetrics.of(scores, defective, maps, masks, width, height);
      scalar("i_auroc", metrics.imageAuroc().orElseThrow());
      scalar("p_auroc", metrics.pixelAuroc().orElseThrow());
      scalar("aupro_exact_0.3", metrics.aupro().orElseThrow());
      scalar("f1_max", metrics.imageF1Max().orElseThrow());
      exact(name + " F1 threshold", f1.threshold(), metrics.imageF1Threshold().orElseThrow());
      exact("regions_8", metrics.regions());
    }

    private IntStream defectiveImages() {
      return IntStream.range(0, defective.length).filter(i -> defective[i]);
    }

    private double rd4adPro(List<float[]> someMaps, List<byte[]> someMasks) {
      return Rd4adPro.of(someMaps, someMasks, width, height, 0.3, 200).orElse(Double.NaN);
    }

    private int regions(Connectivity connectivity) {
      return masks.stream()
          .mapToInt(mask -> ConnectedRegions.of(mask, width, height, connectivity).count())
          .sum();
    }

    private static double mean(double[] values) {
      return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private JsonNode seen(String metric) {
      unseen.remove(metric);
      return expected.path(metric);
    }

    private void scalar(String metric, double actual) {
      golden.scalar(name + "." + metric, seen(metric).asDouble(Double.NaN), actual, TOLERANCE);
    }

    private void exact(String metric, double actual) {
      exact(name + "." + metric, seen(metric).asDouble(Double.NaN), actual);
    }

    private void exact(String what, double expectedValue, double actual) {
      golden.scalar(what, expectedValue, actual, 0);
    }
  }
}
