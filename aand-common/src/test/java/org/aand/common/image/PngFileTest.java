package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.aand.common.InputException;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngFileTest {
  private final Path folder;
  private final RandomGenerator random = new RandomStreams(5).stream("png");

  PngFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void imagesOfAnySizeComeBackAsTheyWere() {
    Path file = folder.resolve("image.png");
    for (int i = 0; i < 30; i++) {
      int width = 1 + random.nextInt(40);
      int height = 1 + random.nextInt(40);
      byte[] colours = new byte[3 * width * height];
      byte[] greys = new byte[width * height];
      random.nextBytes(colours);
      random.nextBytes(greys);

      PngFile.write(new RgbImage(width, height, colours), file);
      RgbImage colour = ImageFile.read(file);
      assertEquals(width, colour.width());
      assertEquals(height, colour.height());
      assertArrayEquals(colours, colour.pixels());

      PngFile.write(new GrayImage(width, height, greys), file);
      assertArrayEquals(greys, Luminance.of(ImageFile.read(file)).pixels());
    }
  }

  @Test
  void aMaskIsStoredGrey() throws Exception {
    Path file = folder.resolve("mask.png");
    PngFile.write(new GrayImage(2, 1, new byte[] {0, (byte) 255}), file);
    assertEquals(1, ImageIO.read(file.toFile()).getRaster().getNumBands());
  }

  @Test
  void equalImagesGiveEqualBytesAndNothingElseIsLeft() throws Exception {
    byte[] pixels = new byte[3 * 50 * 40];
    random.nextBytes(pixels);
    Path first = folder.resolve("first.png");
    Path second = folder.resolve("second.png");
    Files.writeString(second, "an earlier file, which is replaced");
    PngFile.write(new RgbImage(50, 40, pixels), first);
    PngFile.write(new RgbImage(50, 40, pixels.clone()), second);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    try (var entries = Files.list(folder)) {
      assertEquals(2, entries.count());
    }
  }

  @Test
  void whereNoFileCanBeWrittenTheErrorSaysSo() throws Exception {
    var image = new GrayImage(1, 1, new byte[1]);
    assertSays(image, folder.resolve("nowhere/mask.png"), "no such folder");
    assertSays(image, folder, "it is a folder");
    Path file = Files.createFile(folder.resolve("file"));
    assertSays(image, file.resolve("mask.png"), "no such folder");
  }

  private static void assertSays(GrayImage image, Path file, String what) {
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> PngFile.write(image, file)).getMessage());
    assertTrue(message.contains(what) && message.contains(file.toString()), message);
  }
}
