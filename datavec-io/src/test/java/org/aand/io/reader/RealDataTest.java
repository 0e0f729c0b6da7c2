package org.aand.io.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.aand.common.image.ImageFile;
import org.aand.common.image.ImageSize;
import org.aand.common.image.MaskFile;
import org.aand.common.image.Preprocessing;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.MvtecLayout;
import org.aand.io.dataset.TextureFolder;
import org.aand.io.foreground.ForegroundRules;
import org.junit.jupiter.api.Test;

/** Real categories, where they are at hand. */
class RealDataTest {
  private static final Path DATA =
      Path.of(System.getProperty("aand.shared", "../shared")).resolve("data");

  @Test
  void bottleIsComplete() {
    var bottle = open("mvtec_ad_256", "bottle");
    assertEquals(209, bottle.train().size());
    assertEquals(83, bottle.test().size());
    assertEquals(63, bottle.test().stream().filter(s -> s.hasMask()).count());

    var loader = SampleLoader.of(new Preprocessing(), ForegroundRules.of("bottle"));
    for (int i = 0; i < bottle.test().size(); i += 7) {
      var loaded = loader.load(bottle.test().get(i));
      assertEquals(loaded.sample().defective(), contains(loaded.mask().orElseThrow(), 1));
      // The images are 256x256 already: resizing must be the identity.
      var stored = ImageFile.read(loaded.sample().image());
      assertArrayEquals(stored.pixels(), loaded.resized().pixels());
      byte[] foreground = loaded.foreground().orElseThrow();
      assertEquals(1, foreground[128 * 256 + 128]);
      assertEquals(0, foreground[0]);
    }
  }

  @Test
  void magneticTilesOfAllSizesAreRead() {
    var tiles = open(".", "magnetic_tile");
    assertEquals(538, tiles.train().size());
    assertEquals(414 + 388, tiles.test().size());
    var loader = SampleLoader.of(new Preprocessing(ImageSize.square(64)));
    for (int i = 0; i < tiles.test().size(); i += 40) {
      var loaded = loader.load(tiles.test().get(i));
      var stored = ImageFile.read(loaded.sample().image());
      assertEquals(stored.width(), loaded.originalWidth());
      for (int p = 0; p < stored.pixels().length; p += 3) {
        assertEquals(stored.pixels()[p], stored.pixels()[p + 1], "the tiles are grey");
      }
    }
  }

  @Test
  void everyMaskFitsItsImage() {
    var tiles = open(".", "magnetic_tile");
    for (var sample : tiles.test()) {
      if (sample.hasMask()) {
        var mask = MaskFile.read(sample.masks());
        assertTrue(contains(mask.pixels(), 255), sample.name());
      }
    }
  }

  @Test
  void texturesAreRead() {
    assumeTrue(Files.isDirectory(DATA.resolve("textures")), "skipped: no textures in " + DATA);
    var textures = TextureFolder.images(DATA.resolve("textures"));
    assertEquals(200, textures.size());
    assertTrue(ImageFile.read(textures.get(0)).width() > 100);
  }

  private static Category open(String folder, String category) {
    Path data = DATA.resolve(folder).normalize();
    assumeTrue(
        Files.isDirectory(data.resolve(category)), "skipped: no " + category + " in " + data);
    return new MvtecLayout(data).open(category);
  }

  private static boolean contains(byte[] values, int value) {
    for (byte v : values) {
      if ((v & 0xFF) == value) {
        return true;
      }
    }
    return false;
  }
}
