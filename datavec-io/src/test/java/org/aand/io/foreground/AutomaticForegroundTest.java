package org.aand.io.foreground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;
import org.aand.common.image.ImageFile;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.aand.io.dataset.DatasetLayout;
import org.aand.io.dataset.MvtecLayout;
import org.aand.io.foreground.ForegroundRule.Automatic;
import org.aand.io.foreground.ForegroundRule.Disc;
import org.junit.jupiter.api.Test;

/** The rule for categories that nothing is known about. */
class AutomaticForegroundTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;

  @Test
  void anObjectIsFoundWhetherDarkOrBrightWhereverItLies() {
    var random = new RandomStreams(8).stream("objects");
    for (int round = 0; round < 40; round++) {
      int background = random.nextInt(256);
      int object = background > 127 ? background - 100 : background + 100;
      int radius = 20 + random.nextInt(35);
      int x0 = radius + 3 + random.nextInt(WIDTH - 2 * radius - 6);
      int y0 = radius + 3 + random.nextInt(HEIGHT - 2 * radius - 6);
      var noise = random;
      var image =
          image(
              (x, y) ->
                  (Math.hypot(x - x0, y - y0) <= radius ? object : background)
                      + noise.nextInt(21)
                      - 10);
      var mask = new Automatic().mask(image);
      int wrong = 0;
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        boolean inside = Math.hypot(i % WIDTH - x0, i / WIDTH - y0) <= radius;
        wrong += (mask.pixels()[i] != 0) == inside ? 0 : 1;
      }
      assertTrue(wrong < 0.02 * WIDTH * HEIGHT, wrong + " wrong pixels in round " + round);
    }
  }

  @Test
  void withoutTwoClearClassesEverythingCounts() {
    assertWhole("one level", (x, y) -> 90);
    var random = new RandomStreams(8).stream("noise");
    assertWhole("noise", (x, y) -> random.nextInt(256));
    assertWhole("uneven light", (x, y) -> 40 + x);
    assertWhole("uneven light over a corner", (x, y) -> 20 + (x + y) * 3 / 4);
    assertWhole("a faint object", (x, y) -> Math.hypot(x - 80, y - 60) < 30 ? 130 : 100);
    assertWhole("two halves, neither of them the background", (x, y) -> x < WIDTH / 2 ? 30 : 200);
    assertWhole("stripes", (x, y) -> y / 20 % 2 == 0 ? 30 : 200);
  }

  @Test
  void anObjectThatReachesTheBorderIsFoundIfMostOfTheBorderIsBackground() {
    var mask = new Automatic().mask(image((x, y) -> x > 60 && x < 100 ? 200 : 20));
    assertEquals(255, mask.at(80, 0));
    assertEquals(255, mask.at(80, 60));
    assertEquals(0, mask.at(20, 60));
    assertEquals(0, mask.at(140, 119));
  }

  @Test
  void ofRealBottlesItFindsTheDiscThatTheirOwnRuleHas() {
    var category = new MvtecLayout(shared("mvtec_ad_256")).open("bottle");
    for (int i = 0; i < category.train().size(); i += 20) {
      RgbImage image = ImageFile.read(category.train().get(i).image());
      byte[] found = new Automatic().mask(image).pixels();
      byte[] disc = new Disc(0.45).mask(image).pixels();
      int both = 0;
      int either = 0;
      for (int p = 0; p < found.length; p++) {
        both += found[p] != 0 && disc[p] != 0 ? 1 : 0;
        either += found[p] != 0 || disc[p] != 0 ? 1 : 0;
      }
      assertTrue(both > 0.9 * either, category.train().get(i).name() + " " + both + "/" + either);
    }
  }

  @Test
  void realTexturesCountEntirely() {
    var category = new MvtecLayout(shared("magnetic_tile")).open(DatasetLayout.ITSELF);
    for (int i = 0; i < category.train().size(); i += 20) {
      var sample = category.train().get(i);
      assertEquals(1, part(new Automatic(), ImageFile.read(sample.image())), sample.name());
    }
  }

  private static void assertWhole(String what, IntBinaryOperator level) {
    assertEquals(1, part(new Automatic(), image(level)), what);
  }

  /** The part of an image that counts as object. */
  private static double part(ForegroundRule rule, RgbImage image) {
    byte[] mask = rule.mask(image).pixels();
    int object = 0;
    for (byte value : mask) {
      object += value != 0 ? 1 : 0;
    }
    return (double) object / mask.length;
  }

  private static RgbImage image(IntBinaryOperator level) {
    byte[] pixels = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      byte value = (byte) Math.max(0, Math.min(255, level.applyAsInt(i % WIDTH, i / WIDTH)));
      for (int c = 0; c < 3; c++) {
        pixels[3 * i + c] = value;
      }
    }
    return new RgbImage(WIDTH, HEIGHT, pixels);
  }

  private static Path shared(String name) {
    Path folder = Path.of(System.getProperty("aand.shared", "../shared"), "data", name);
    assumeTrue(Files.isDirectory(folder), () -> "no " + folder + "; set -Daand.shared");
    return folder;
  }
}
