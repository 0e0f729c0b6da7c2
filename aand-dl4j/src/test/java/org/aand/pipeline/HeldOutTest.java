package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.aand.io.dataset.Sample;
import org.junit.jupiter.api.Test;

/** Normal images are divided by the seed alone, and none is on both sides. */
class HeldOutTest {
  @Test
  void theSharesAreAsStated() {
    for (int n : new int[] {1, 2, 7, 39, 40, 41, 209, 1000}) {
      var divided = HeldOut.of(samples(n), 0.1, 4);
      int expected = Math.min(Math.max((n + 9) / 10, 20), n / 2);
      assertEquals(expected, divided.normals().size(), n + " images");
      var all = new ArrayList<>(divided.train());
      all.addAll(divided.normals());
      all.sort((a, b) -> a.name().compareTo(b.name()));
      assertEquals(samples(n), all);
    }
  }

  @Test
  void withoutAShareNothingChanges() {
    var divided = HeldOut.of(samples(50), 0, 4);
    assertEquals(samples(50), divided.train());
    assertTrue(divided.normals().isEmpty());
  }

  @Test
  void theSeedDecides() {
    assertEquals(HeldOut.of(samples(90), 0.3, 4), HeldOut.of(samples(90), 0.3, 4));
    assertNotEquals(HeldOut.of(samples(90), 0.3, 4), HeldOut.of(samples(90), 0.3, 5));
  }

  @Test
  void anImpossibleShareIsRefused() {
    for (double share : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new CalibrationChoice(OptionalDouble.of(share), 0.05));
    }
    for (double rate : new double[] {0, 1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new CalibrationChoice(OptionalDouble.empty(), rate));
    }
  }

  private static List<Sample> samples(int n) {
    return IntStream.range(0, n)
        .mapToObj(i -> String.format(java.util.Locale.ROOT, "%05d.png", i))
        .map(name -> Sample.withoutMask(name, Path.of(name), Sample.GOOD))
        .toList();
  }
}
