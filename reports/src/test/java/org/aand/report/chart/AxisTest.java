package org.aand.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.aand.report.chart.Axis.Tick;
import org.junit.jupiter.api.Test;

class AxisTest {
  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(Tick::label).toList();
  }

  @Test
  void ticksAreRoundNumbers() {
    assertEquals(
        List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0"), labels(Axis.rounded(0, 1, 0, 100, 5)));
    assertEquals(
        List.of("0.00", "0.05", "0.10", "0.15", "0.20"), labels(Axis.rounded(0, 0.183, 0, 100, 5)));
    assertEquals(List.of("-500", "0", "500", "1000"), labels(Axis.rounded(-300, 900, 0, 100, 4)));
  }

  @Test
  void wholeNumbersEndAtTheFirstAndLast() {
    Axis epochs = Axis.whole(1, 10, 0, 90, 5);
    assertEquals(List.of("2", "4", "6", "8", "10"), labels(epochs));
    assertEquals(0, epochs.at(1));
    assertEquals(90, epochs.at(10));
    Axis single = Axis.whole(1, 1, 0, 90, 5);
    assertEquals(List.of("1"), labels(single));
    assertEquals(45, single.at(1));
  }

  @Test
  void aVerticalAxisGrowsUpwards() {
    Axis axis = Axis.rounded(0, 10, 200, 0, 5);
    assertEquals(200, axis.at(0));
    assertEquals(0, axis.at(10));
    assertEquals("100", axis.svg(5));
  }

  @Test
  void anyRangeLiesBetweenTheEndsWithFewTicks() {
    var random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(5);
    for (int i = 0; i < 2000; i++) {
      double scale = Math.pow(10, random.nextInt(-7, 8));
      double low = scale * random.nextGaussian();
      double high = i % 10 == 0 ? low : low + scale * random.nextDouble();
      Axis axis = Axis.rounded(low, high, 0, 100, 5);
      String range = low + " to " + high + ": " + labels(axis);
      assertTrue(axis.min() <= low + 1e-9 * scale, range);
      assertTrue(axis.max() >= high - 1e-9 * scale, range);
      assertTrue(axis.ticks().size() >= 2 && axis.ticks().size() <= 7, range);
      assertEquals(axis.min(), Double.parseDouble(labels(axis).get(0)), range);
    }
  }

  @Test
  void aPathIsBrokenWhereAValueIsMissing() {
    assertEquals(
        "M0 1L1.5 2M3 -0.33",
        Svg.path(new double[] {0, 1.5, 2, 3}, new double[] {1, 2, Double.NaN, -1 / 3.0}));
  }
}
