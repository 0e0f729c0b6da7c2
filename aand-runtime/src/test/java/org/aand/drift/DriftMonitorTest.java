package org.aand.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.aand.common.image.ImageChange;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.aand.drift.DriftMonitor.Settings;
import org.junit.jupiter.api.Test;

/** A line of drawn parts: a bright ring on grey, a little different every time. */
class DriftMonitorTest {
  private static final int SIDE = 96;
  private static final int NORMALS = 40;
  private static final RandomStreams STREAMS = new RandomStreams(21);

  private final NormalTraits normal = normals();

  @Test
  void anUndisturbedLineIsSilent() {
    var monitor = new DriftMonitor(normal, new Settings());
    int drifted = 0;
    for (int i = 0; i < 2_000; i++) {
      var random = STREAMS.stream("line", i);
      drifted += monitor.add(score(random), ImageTraits.of(part(random))).drifted() ? 1 : 0;
    }
    assertEquals(0, drifted);
    assertEquals(2_000, monitor.report().images());
    assertEquals(Trait.values().length, monitor.report().traits().size());
  }

  @Test
  void everyDisturbanceIsNoticedWithinTwoWindowsAndNamed() {
    assertNoticed(new ImageChange(0.85, 1, 0, 0, 0)::apply, "darker");
    assertNoticed(new ImageChange(1.15, 1, 0, 0, 0)::apply, "brighter");
    assertNoticed(new ImageChange(1, 1, 0, 0.05, 0)::apply, "moved to the right by ");
    assertNoticed(new ImageChange(1, 1, 0, 0, -0.04)::apply, "moved up by ");
    assertNoticed(
        image ->
            Resize.BILINEAR.apply(Resize.BILINEAR.apply(image, SIDE / 2, SIDE / 2), SIDE, SIDE),
        "blurred");
    assertNoticed(image -> stripes(), "another product");
  }

  @Test
  void higherScoresAloneAreDriftToo() {
    var monitor = new DriftMonitor(normal, new Settings());
    for (int i = 0; i < 100; i++) {
      var random = STREAMS.stream("defects", i);
      monitor.add(2 + score(random), ImageTraits.of(part(random)));
    }
    assertTrue(monitor.report().drifted());
    assertTrue(monitor.report().cause().orElseThrow().startsWith("scores are higher"));
  }

  @Test
  void driftThatEndsIsNoLongerReported() {
    var monitor = new DriftMonitor(normal, new Settings());
    var dark = new ImageChange(0.7, 1, 0, 0, 0);
    boolean seen = false;
    for (int i = 0; i < 300; i++) {
      var random = STREAMS.stream("passing", i);
      var image = part(random);
      var report = monitor.add(score(random), ImageTraits.of(i < 100 ? dark.apply(image) : image));
      seen |= report.drifted();
    }
    assertTrue(seen);
    assertFalse(monitor.report().drifted());
  }

  @Test
  void beforeTheFirstWindowNothingIsSaid() {
    var monitor = new DriftMonitor(normal, new Settings(20, 1));
    for (int i = 0; i < 19; i++) {
      var report = monitor.add(100, ImageTraits.of(stripes()));
      assertFalse(report.drifted());
      assertTrue(report.traits().isEmpty());
    }
    assertTrue(monitor.add(100, ImageTraits.of(stripes())).drifted());
  }

  @Test
  void traitsComeBackFromTheirJsonAsTheyWere() {
    assertEquals(normal, NormalTraitsJson.read(NormalTraitsJson.write(normal)));
    var damaged = NormalTraitsJson.write(normal);
    damaged.putArray(Trait.CONTRAST.key()).add(2).add(1);
    assertThrows(IllegalArgumentException.class, () -> NormalTraitsJson.read(damaged));
    for (var thumbnail : new String[] {"", "AAAA", "no base 64"}) {
      damaged.setAll(NormalTraitsJson.write(normal));
      damaged.put("thumbnail", thumbnail);
      assertThrows(IllegalArgumentException.class, () -> NormalTraitsJson.read(damaged));
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Settings(9, 1));
    assertThrows(IllegalArgumentException.class, () -> new Settings(50, 0));
    assertThrows(IllegalArgumentException.class, () -> new Settings(50, Double.NaN));
  }

  private void assertNoticed(UnaryOperator<RgbImage> disturbance, String cause) {
    var monitor = new DriftMonitor(normal, new Settings());
    for (int i = 0; i < 500; i++) {
      var random = STREAMS.stream("before", i);
      monitor.add(score(random), ImageTraits.of(part(random)));
    }
    for (int i = 0; i < 100; i++) {
      var random = STREAMS.stream("after", i);
      monitor.add(score(random), ImageTraits.of(disturbance.apply(part(random))));
    }
    var report = monitor.report();
    assertTrue(report.drifted(), cause);
    assertTrue(
        report.causes().stream().anyMatch(said -> said.startsWith(cause)),
        cause + ", but: " + report.causes());
  }

  private static NormalTraits normals() {
    var builder = new NormalTraits.Builder();
    for (int i = 0; i < NORMALS; i++) {
      var random = STREAMS.stream("normal", i);
      builder.add(score(random), ImageTraits.of(part(random)));
    }
    return builder.build().orElseThrow();
  }

  private static float score(RandomGenerator random) {
    return (float) (1 + 0.2 * random.nextGaussian());
  }

  /** A ring, moved by up to one pixel, with noise and a light that varies by 2 %. */
  private static RgbImage part(RandomGenerator random) {
    double centreX = SIDE / 2.0 + 2 * random.nextDouble() - 1;
    double centreY = SIDE / 2.0 + 2 * random.nextDouble() - 1;
    double light = 1 + 0.04 * (random.nextDouble() - 0.5);
    byte[] pixels = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      double radius = Math.hypot(i % SIDE - centreX, i / SIDE - centreY);
      double value = radius > 20 && radius < 30 ? 170 : 80 + (i % SIDE) / 4.0;
      byte gray = (byte) Math.round(light * value + 4 * random.nextGaussian());
      pixels[3 * i] = gray;
      pixels[3 * i + 1] = gray;
      pixels[3 * i + 2] = gray;
    }
    return new RgbImage(SIDE, SIDE, pixels);
  }

  private static RgbImage stripes() {
    byte[] pixels = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 3 / SIDE / 6 % 2 == 0 ? 60 : 160);
    }
    return new RgbImage(SIDE, SIDE, pixels);
  }
}
