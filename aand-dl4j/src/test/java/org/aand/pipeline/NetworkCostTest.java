package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aand.common.image.ImageSize;
import org.aand.network.teacher.Backbone;
import org.aand.variant.Variant;
import org.junit.jupiter.api.Test;

/** The sizes of the networks of the paper's Table VIII. */
class NetworkCostTest {
  private static final Backbone PAPERS = Backbone.named("wide_resnet50_2");

  @Test
  void parametersOfThePapersBackbone() {
    var rd = NetworkCost.count(Variant.rd(), PAPERS);
    assertEquals(
        Map.of("backbone", 24_862_528L, "bottleneck", 58_885_120L, "decoder", 24_917_504L), rd);
    var aand = NetworkCost.count(new Variant(), PAPERS);
    assertEquals(11_727_360L, aand.get("RAA modules"));
    assertEquals(120_392_512L, total(aand));
  }

  /** The paper's numbers for RD and RD++ differ by 176.57 - 161.08 million: the projections. */
  @Test
  void theProjectionsAreWhatRdPlusPlusHasMore() {
    var counts = NetworkCost.count(Variant.rdPlusPlus(), PAPERS);
    long projections = Objects.requireNonNull(counts.get("projections"));
    assertEquals(15_486_912L, projections);
    assertEquals(108_665_152L + projections, total(counts));
    assertEquals(176.57, (161_078_568 + projections) / 1e6, 0.005);
  }

  @Test
  void everyNetworkIsMeasured() {
    var tiny = new Backbone("tiny", false, List.of(1, 1, 1), 64);
    for (var variant : List.of(Variant.rd(), Variant.rdPlusPlus(), new Variant())) {
      var cost = NetworkCost.measure(variant, tiny, ImageSize.square(64), 3);
      assertEquals(total(NetworkCost.count(variant, tiny)), cost.total());
      assertTrue(cost.millisecondsPerImage() > 0);
    }
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
