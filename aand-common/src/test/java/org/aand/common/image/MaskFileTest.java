package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is drawn on a mask is a defect, or the mask is refused; nothing is lost in silence. */
class MaskFileTest {
  private static final int SIZE = 64;

  private final Path folder;

  MaskFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFFFFFF, 0xFF0000, 0x0000FF, 0x646464, 0x000001})
  void aDefectOfAnyColourIsOneBesideWhite(int colour) throws IOException {
    var image = black(BufferedImage.TYPE_3BYTE_BGR);
    fill(image, 8, 16, 0xFFFFFF);
    fill(image, 40, 48, colour);
    assertDefectsAt(MaskFile.read(write(image, "png")), 8, 16, 40, 48);
  }

  @Test
  void aLabelOfSixteenBitsIsNotLostInTheLowerEight() throws IOException {
    var image = black(BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(3, 0, 0, 1);
    var mask = MaskFile.read(write(image, "png"));
    assertEquals(1, mask.at(3, 0));
    assertEquals(0, mask.at(4, 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.95f, 0.75f, 0.6f})
  void jpegsNoiseIsNoDefect(float quality) throws IOException {
    var image = black(BufferedImage.TYPE_BYTE_GRAY);
    fill(image, 10, 29, 0xFFFFFF);
    byte[] jpeg = jpeg(image, quality);
    var file = Files.write(folder.resolve("mask.jpg"), jpeg);
    assertDefectsAt(MaskFile.read(file), 10, 29);
    // The same noise in a file whose format does not tell of it.
    var decoded = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertDefectsAt(MaskFile.read(write(decoded, "png")), 10, 29);
  }

  @Test
  void noiseThatReachesAllIsJpegsInAJpegAndRefusedElsewhere() throws IOException {
    var image = black(BufferedImage.TYPE_BYTE_GRAY);
    fill(image, 10, 29, 0xFFFFFF);
    byte[] jpeg = jpeg(image, 0.4f);
    var file = Files.write(folder.resolve("mask.jpg"), jpeg);
    assertDefectsAt(MaskFile.read(file), 10, 29);
    var decoded = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertRefused(write(decoded, "png"), "the value 1 at (0, 0)");
  }

  @Test
  void smoothedEdgesAreDefectsToTheirEnd() throws IOException {
    var image = black(BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 8; i++) {
      fill(image, 8 + i, 32 - i, 0x1F1F1F * (i + 1));
    }
    assertDefectsAt(MaskFile.read(write(image, "png")), 8, 32);
  }

  @Test
  void aGreyDefectInAJpegIsRefusedAndNotLost() throws IOException {
    var image = black(BufferedImage.TYPE_3BYTE_BGR);
    fill(image, 8, 16, 0xFFFFFF);
    fill(image, 40, 48, 0x646464);
    var file = Files.write(folder.resolve("mask.jpg"), jpeg(image, 0.9f));
    assertRefused(file, "grey defect", "at (40, 0)", "PNG");
  }

  @Test
  void transparencyIsNotTakenForAnything() throws IOException {
    var allWhite = black(BufferedImage.TYPE_4BYTE_ABGR);
    fillRgba(allWhite, 0, SIZE, 0x00FFFFFF);
    fillRgba(allWhite, 8, 16, 0xFFFFFFFF);
    assertRefused(write(allWhite, "png"), "drawn in its transparency", "flatten it");

    var allBlack = black(BufferedImage.TYPE_4BYTE_ABGR);
    fillRgba(allBlack, 8, 16, 0xFF000000);
    assertRefused(write(allBlack, "png"), "drawn in its transparency");

    var halfOpaque = black(BufferedImage.TYPE_4BYTE_ABGR);
    fillRgba(halfOpaque, 0, SIZE, 0x80FFFFFF);
    fillRgba(halfOpaque, 8, 16, 0xFFFFFFFF);
    assertRefused(write(halfOpaque, "png"), "drawn in its transparency");
  }

  @Test
  void transparencyThatSaysTheSameAsTheColourDoesNoHarm() throws IOException {
    var onNothing = black(BufferedImage.TYPE_4BYTE_ABGR);
    fillRgba(onNothing, 8, 16, 0xFFFF0000);
    assertDefectsAt(MaskFile.read(write(onNothing, "png")), 8, 16);

    var onBlack = black(BufferedImage.TYPE_4BYTE_ABGR);
    fillRgba(onBlack, 0, SIZE, 0xFF000000);
    fillRgba(onBlack, 8, 16, 0xFFFFFFFF);
    assertDefectsAt(MaskFile.read(write(onBlack, "png")), 8, 16);
  }

  @Test
  void labelsThatBeginAtOneAreRefused() throws IOException {
    var image = black(BufferedImage.TYPE_BYTE_GRAY);
    fill(image, 0, SIZE, 0x010101);
    fill(image, 8, 16, 0x020202);
    assertRefused(write(image, "png"), "from 1 to 2 but no 0");
    fill(image, 0, SIZE, 0xFFFFFF);
    assertDefectsAt(MaskFile.read(write(image, "png")), 0, SIZE);
  }

  @Test
  void partsAreOneMask() throws IOException {
    var first = black(BufferedImage.TYPE_BYTE_GRAY);
    fill(first, 8, 16, 0xFFFFFF);
    var second = black(BufferedImage.TYPE_BYTE_GRAY);
    fill(second, 14, 20, 0xFFFFFF);
    var a = write(first, "png");
    var b = folder.resolve("b.bmp");
    ImageIO.write(second, "bmp", b.toFile());
    assertDefectsAt(MaskFile.read(List.of(a, b)), 8, 20);

    ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_BYTE_GRAY), "bmp", b.toFile());
    var refused = assertThrows(InputException.class, () -> MaskFile.read(List.of(a, b)));
    assertTrue(String.valueOf(refused.getMessage()).contains("9x9"), refused.getMessage());
  }

  /** Columns from the one to before the other, and so on. */
  private static void assertDefectsAt(GrayImage mask, int... columns) {
    byte[] expected = new byte[SIZE * SIZE];
    byte[] found = new byte[SIZE * SIZE];
    for (int i = 0; i < found.length; i++) {
      for (int c = 0; c < columns.length; c += 2) {
        boolean inside = i % SIZE >= columns[c] && i % SIZE < columns[c + 1];
        expected[i] |= (byte) (inside ? 1 : 0);
      }
      found[i] = (byte) (mask.pixels()[i] == 0 ? 0 : 1);
    }
    assertArrayEquals(expected, found);
  }

  private static void assertRefused(Path file, String... words) {
    var message =
        String.valueOf(assertThrows(InputException.class, () -> MaskFile.read(file)).getMessage());
    assertTrue(message.contains(file.toString()), message);
    assertEquals(1, message.lines().count());
    for (var word : words) {
      assertTrue(message.contains(word), message);
    }
  }

  private static BufferedImage black(int type) {
    return new BufferedImage(SIZE, SIZE, type);
  }

  private static void fill(BufferedImage image, int from, int to, int colour) {
    for (int x = from; x < to; x++) {
      for (int y = 0; y < SIZE; y++) {
        for (int c = 0; c < image.getRaster().getNumBands(); c++) {
          image.getRaster().setSample(x, y, c, colour >> (16 - 8 * c) & 0xFF);
        }
      }
    }
  }

  private static void fillRgba(BufferedImage image, int from, int to, int argb) {
    for (int x = from; x < to; x++) {
      for (int y = 0; y < SIZE; y++) {
        int[] rgba = {argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF, argb >>> 24};
        image.getRaster().setPixel(x, y, rgba);
      }
    }
  }

  private Path write(BufferedImage image, String type) throws IOException {
    Path file = folder.resolve("mask." + type);
    assertTrue(ImageIO.write(image, type, file.toFile()));
    return file;
  }

  private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(quality);
    var bytes = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    }
    writer.dispose();
    return bytes.toByteArray();
  }
}
