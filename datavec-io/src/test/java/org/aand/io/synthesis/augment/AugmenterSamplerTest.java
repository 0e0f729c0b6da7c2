package org.aand.io.synthesis.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

class AugmenterSamplerTest {
  private static final int DRAWS = 20_000;

  @Test
  void threeDifferentKindsEachWithProbabilityThreeTenths() {
    var counts = new HashMap<Class<?>, Integer>();
    var firsts = new HashMap<Class<?>, Integer>();
    var random = new RandomStreams(1).stream("kinds");
    for (int i = 0; i < DRAWS; i++) {
      var drawn = new AugmenterSampler().draw(random);
      assertEquals(3, drawn.size());
      var kinds = new HashSet<Class<?>>();
      drawn.forEach(a -> kinds.add(a.getClass()));
      assertEquals(3, kinds.size(), () -> "a kind was drawn twice: " + drawn);
      kinds.forEach(k -> counts.merge(k, 1, Integer::sum));
      firsts.merge(drawn.get(0).getClass(), 1, Integer::sum);
    }
    assertEquals(10, counts.size());
    counts.forEach((kind, count) -> assertFrequency(0.3, count, DRAWS, kind.getSimpleName()));
    firsts.forEach((kind, count) -> assertFrequency(0.1, count, DRAWS, kind + " first"));
  }

  @Test
  void realParametersAreUniformInTheirRanges() {
    var drawn = drawAll();
    assertUniform(0.5, 2, values(drawn, GammaContrast.class, GammaContrast::red));
    assertUniform(0.5, 2, values(drawn, GammaContrast.class, GammaContrast::green));
    assertUniform(0.5, 2, values(drawn, GammaContrast.class, GammaContrast::blue));
    assertUniform(
        0.8,
        1.2,
        values(drawn, MultiplyAndAddToBrightness.class, MultiplyAndAddToBrightness::multiplier));
    assertUniform(0, 2, values(drawn, EnhanceSharpness.class, EnhanceSharpness::factor));
    assertUniform(32, 128, values(drawn, Solarize.class, Solarize::threshold));
    assertUniform(-45, 45, values(drawn, Rotate.class, Rotate::degrees));
  }

  @Test
  void integerParametersIncludeBothEnds() {
    var drawn = drawAll();
    assertIntegers(
        -30,
        30,
        values(drawn, MultiplyAndAddToBrightness.class, MultiplyAndAddToBrightness::addend));
    assertIntegers(-50, 50, values(drawn, AddToHueAndSaturation.class, a -> a.hue()));
    assertIntegers(-50, 50, values(drawn, AddToHueAndSaturation.class, a -> a.saturation()));
    assertIntegers(1, 8, values(drawn, Posterize.class, Posterize::bits));
    assertIntegers(0, 20, values(drawn, Autocontrast.class, Autocontrast::cutoff));
    assertIntegers(
        0,
        5,
        values(
            drawn,
            MultiplyAndAddToBrightness.class,
            b -> List.of(ColorSpace.values()).indexOf(b.space())));
  }

  @Test
  void coinsAreFair() {
    var drawn = drawAll();
    double[] active = values(drawn, Solarize.class, s -> s.active() ? 1 : 0);
    assertFrequency(0.5, (int) sum(active), active.length, "solarize");
    double[] addFirst = values(drawn, MultiplyAndAddToBrightness.class, b -> b.addFirst() ? 1 : 0);
    assertFrequency(0.5, (int) sum(addFirst), addFirst.length, "add first");
  }

  @Test
  void hueAndSaturationAreDrawnApart() {
    double product = 0;
    var drawn = drawAll();
    double[] hues = values(drawn, AddToHueAndSaturation.class, a -> a.hue());
    double[] saturations = values(drawn, AddToHueAndSaturation.class, a -> a.saturation());
    for (int i = 0; i < hues.length; i++) {
      product += hues[i] * saturations[i];
    }
    double variance = (101.0 * 101 - 1) / 12;
    assertEquals(0, product / hues.length / variance, 5 / Math.sqrt(hues.length));
  }

  private static List<Augmenter> drawAll() {
    var all = new ArrayList<Augmenter>();
    var random = new RandomStreams(2).stream("parameters");
    for (int i = 0; i < DRAWS / 4; i++) {
      all.addAll(new AugmenterSampler(AugmenterSampler.KINDS).draw(random));
    }
    return all;
  }

  private static <A extends Augmenter> double[] values(
      List<Augmenter> drawn, Class<A> kind, ToDoubleFunction<A> value) {
    return drawn.stream().filter(kind::isInstance).map(kind::cast).mapToDouble(value).toArray();
  }

  /** Range, mean and variance of the uniform distribution; five standard errors. */
  private static void assertUniform(double low, double high, double[] values) {
    double range = high - low;
    double mean = sum(values) / values.length;
    double squares = 0;
    for (double value : values) {
      assertTrue(value >= low && value < high, () -> value + " outside " + low + ".." + high);
      squares += (value - mean) * (value - mean);
    }
    double error = 5 / Math.sqrt(values.length);
    assertEquals((low + high) / 2, mean, range / Math.sqrt(12) * error);
    assertEquals(range * range / 12, squares / values.length, range * range / 12 * error);
  }

  private static void assertIntegers(int low, int high, double[] values) {
    int kinds = high - low + 1;
    int[] counts = new int[kinds];
    for (double value : values) {
      counts[(int) value - low]++;
    }
    for (int i = 0; i < kinds; i++) {
      assertFrequency(1.0 / kinds, counts[i], values.length, "value " + (low + i));
    }
  }

  private static void assertFrequency(double probability, int count, int draws, String what) {
    double error = 5 * Math.sqrt(probability * (1 - probability) / draws);
    assertEquals(probability, (double) count / draws, error, what);
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
