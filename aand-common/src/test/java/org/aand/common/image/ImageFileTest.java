package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.aand.common.InputException;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file stores comes back as stored; whatever cannot be used says so. */
class ImageFileTest {
  private static final int WIDTH = 37;
  private static final int HEIGHT = 23;

  private final Path folder;

  ImageFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff", "bigtiff", "pnm"})
  void coloursComeBackAsStored(String type) throws IOException {
    byte[] colours = random(WIDTH * HEIGHT * 3);
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    image.getRaster().setPixels(0, 0, WIDTH, HEIGHT, unsigned(colours));

    var read = ImageFile.read(write(image, type));

    assertEquals(WIDTH, read.width());
    assertEquals(HEIGHT, read.height());
    assertArrayEquals(colours, read.pixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff", "bigtiff", "pnm"})
  void greyIsNotTakenForLinearLight(String type) throws IOException {
    byte[] greys = random(WIDTH * HEIGHT);
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, WIDTH, HEIGHT, unsigned(greys));
    Path file = write(image, type);

    assertArrayEquals(greys, grey(file));
    var colour = ImageFile.read(file);
    for (int i = 0; i < greys.length; i++) {
      for (int c = 0; c < 3; c++) {
        assertEquals(greys[i], colour.pixels()[3 * i + c]);
      }
    }
  }

  @Test
  void alphaIsDroppedAndTheColourBeneathStays() throws IOException {
    byte[] colours = random(WIDTH * HEIGHT * 3);
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_4BYTE_ABGR);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int[] pixel = {
        colours[3 * i] & 0xFF, colours[3 * i + 1] & 0xFF, colours[3 * i + 2] & 0xFF, i % 256
      };
      image.getRaster().setPixel(i % WIDTH, i / WIDTH, pixel);
    }
    assertArrayEquals(colours, ImageFile.read(write(image, "png")).pixels());
  }

  @Test
  void alphaOfGreyAndOfPalettesIsDroppedToo() throws IOException {
    byte[] greys = random(WIDTH * HEIGHT);
    var model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 2, null);
    byte[] tints = random(256);
    byte[] alphas = reversed(tints);
    var palette = new IndexColorModel(8, 256, tints, tints, tints, alphas);
    var indexed = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, palette);
    for (int i = 0; i < greys.length; i++) {
      raster.setPixel(i % WIDTH, i / WIDTH, new int[] {greys[i] & 0xFF, i % 256});
      indexed.getRaster().setSample(i % WIDTH, i / WIDTH, 0, greys[i] & 0xFF);
    }
    var grey = new BufferedImage(model, raster, false, null);
    assertArrayEquals(greys, grey(write(grey, "png")));
    var colour = ImageFile.read(write(indexed, "png"));
    for (int i = 0; i < greys.length; i++) {
      assertEquals(tints[greys[i] & 0xFF], colour.pixels()[3 * i]);
    }
  }

  @Test
  void alphaInATiffIsDroppedToo() throws IOException {
    byte[] values = random(WIDTH * HEIGHT * 4);
    byte[] tiff = PlainTiff.of(WIDTH, HEIGHT, 4, 8, 1, values, Map.of(338, 2));
    var read = ImageFile.decode(tiff, "alpha.tiff");
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      for (int c = 0; c < 3; c++) {
        assertEquals(values[4 * i + c], read.pixels()[3 * i + c]);
      }
    }
  }

  @Test
  void palettesAreLookedUp() throws IOException {
    byte[] reds = random(256);
    byte[] greens = reversed(reds);
    byte[] blues = new byte[256];
    var palette = new IndexColorModel(8, 256, reds, greens, blues);
    var image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    for (int x = 0; x < 256; x++) {
      image.getRaster().setSample(x, 0, 0, x);
    }
    var read = ImageFile.read(write(image, "png"));
    for (int x = 0; x < 256; x++) {
      assertEquals(reds[x] & 0xFF, read.at(x, 0, 0));
      assertEquals(greens[x] & 0xFF, read.at(x, 0, 1));
      assertEquals(0, read.at(x, 0, 2));
    }
  }

  @Test
  void oneBitIsBlackAndWhite() throws IOException {
    var image = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.getRaster().setSample(4, 0, 0, 1);
    assertArrayEquals(new byte[] {0, 0, 0, 0, (byte) 255, 0, 0, 0, 0}, grey(write(image, "png")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitsLoseTheLowerEight(String type) throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
    byte[] high = random(WIDTH * HEIGHT);
    for (int i = 0; i < high.length; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, ((high[i] & 0xFF) << 8) | (i % 256));
    }
    assertArrayEquals(high, grey(write(image, type)));
  }

  @Test
  void sixteenBitColoursLoseTheLowerEight() throws IOException {
    byte[] high = random(WIDTH * HEIGHT * 3);
    var colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
    var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, WIDTH, HEIGHT, 3, null);
    int[] wide = unsigned(high);
    byte[] littleEndian = new byte[2 * wide.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = wide[i] << 8 | (i * 7 % 256);
      littleEndian[2 * i] = (byte) wide[i];
      littleEndian[2 * i + 1] = (byte) (wide[i] >> 8);
    }
    raster.setPixels(0, 0, WIDTH, HEIGHT, wide);
    Path png = write(new BufferedImage(colours, raster, false, null), "png");
    assertArrayEquals(high, ImageFile.read(png).pixels());
    byte[] tiff = PlainTiff.of(WIDTH, HEIGHT, 3, 16, 1, littleEndian);
    assertArrayEquals(high, ImageFile.decode(tiff, "wide.tiff").pixels());
  }

  @Test
  void pixelsOfOtherTypesAreRefused() throws IOException {
    byte[] words = new byte[WIDTH * HEIGHT * 4];
    Path floats = folder.resolve("depth.tiff");
    Files.write(floats, PlainTiff.of(WIDTH, HEIGHT, 1, 32, 3, words));
    assertTrue(message(floats).contains("floating-point"), message(floats));
    Path integers = folder.resolve("counts.tiff");
    Files.write(integers, PlainTiff.of(WIDTH, HEIGHT, 1, 32, 1, words));
    assertTrue(message(integers).contains("32 bits"), message(integers));
  }

  @Test
  void jpegsDifferByNoMoreThanTheirCoding() throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, 60 + i % WIDTH);
    }
    var read = Luminance.of(ImageFile.read(write(image, "jpg")));
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      assertEquals(60 + i % WIDTH, read.pixels()[i] & 0xFF, 4);
    }
  }

  @Test
  void theContentsDecideAndNotTheName() throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Path misnamed = folder.resolve("photo.jpg");
    Files.copy(write(image, "png"), misnamed);
    assertEquals(WIDTH, ImageFile.read(misnamed).width());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "tiff", "bigtiff", "gif", "pnm"})
  void aFileCutOffAnywhereIsRefused(String type) throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    image.getRaster().setPixels(0, 0, WIDTH, HEIGHT, unsigned(random(WIDTH * HEIGHT * 3)));
    byte[] whole = Files.readAllBytes(write(image, type));
    Path cut = folder.resolve("cut." + type);
    for (double part : new double[] {0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97}) {
      Files.write(cut, Arrays.copyOf(whole, (int) (whole.length * part)));
      assertNames(cut);
    }
  }

  @Test
  void aGifsPaletteIsLookedUp() throws IOException {
    var palette = new IndexColorModel(8, 3, new byte[] {10, 20, 30}, new byte[3], new byte[3]);
    var image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {2, 0, 1});
    var read = ImageFile.read(write(image, "gif"));
    assertArrayEquals(new byte[] {30, 0, 0, 10, 0, 0, 20, 0, 0}, read.pixels());
  }

  @ParameterizedTest
  @CsvSource({
    "'P1 #c\n3 1\n1 0 1\n', 0 255 0", // one is black
    "'P2\n3 1\n15\n0 15 5\n', 0 255 85",
    "'P2\n3 1\n4095\n0 4095 2048\n', 0 255 128",
    "'P5 3 1 255 abc', 97 98 99",
    "'P3\n1 1\n255\n9 8 7\n', 9 8 7",
    "'P6\n1 1\n255\nabc', 97 98 99",
  })
  void netpbmsValuesAreSharesOfTheirMost(String text, String expected) {
    var bytes = text.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    var read = ImageFile.decode(bytes, "a.pnm");
    var values = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      values.add(String.valueOf(read.width() == 1 ? read.at(0, 0, i) : read.at(i, 0, 0)));
    }
    assertEquals(expected, String.join(" ", values));
  }

  @Test
  void progressiveJpegsAreRead() throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.getRaster().setPixel(i % WIDTH, i / WIDTH, new int[] {200, 100, 50});
    }
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    var bytes = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    }
    writer.dispose();
    var read = ImageFile.decode(bytes.toByteArray(), "progressive.jpg");
    assertEquals(200, read.at(3, 3, 0), 3);
    assertEquals(100, read.at(3, 3, 1), 3);
    assertEquals(50, read.at(3, 3, 2), 3);
  }

  @Test
  void aFlippedBitInAPngIsNoticed() throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    image.getRaster().setPixels(0, 0, WIDTH, HEIGHT, unsigned(random(WIDTH * HEIGHT * 3)));
    byte[] png = Files.readAllBytes(write(image, "png"));
    Path damaged = folder.resolve("damaged.png");
    for (int at = 8; at < png.length; at += 101) {
      png[at] ^= 0x10;
      Files.write(damaged, png);
      assertNames(damaged);
      png[at] ^= 0x10;
    }
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertTrue(message(empty).contains("is empty"));
    Path text = Files.writeString(folder.resolve("text.png"), "no image");
    assertTrue(message(text).contains("not a PNG, JPEG, BMP, TIFF, GIF or PNM"));
    assertTrue(message(folder.resolve("missing.png")).contains("there is no image"));
    assertTrue(message(folder).contains("is a folder"));
  }

  @Test
  void aImageOfTooManyPixelsIsRefusedBeforeItIsUnpacked() throws IOException {
    var header = ByteBuffer.allocate(25);
    header.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    header.putInt(60_000).putInt(60_000).put(new byte[] {8, 2, 0, 0, 0});
    var crc = new CRC32();
    crc.update(header.array(), 4, 17);
    header.putInt((int) crc.getValue());
    var png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    png.writeBytes(header.array());
    png.writeBytes(chunk("IDAT", new byte[0]));
    png.writeBytes(chunk("IEND", new byte[0]));
    Path bomb = Files.write(folder.resolve("bomb.png"), png.toByteArray());
    assertTrue(message(bomb).contains("60000x60000"), message(bomb));
  }

  private static byte[] grey(Path file) {
    return Luminance.of(ImageFile.read(file)).pixels();
  }

  private static byte[] chunk(String type, byte[] data) {
    var crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.US_ASCII));
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(type.getBytes(StandardCharsets.US_ASCII))
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  private void assertNames(Path file) {
    String message = message(file);
    assertTrue(message.contains(file.toString()), message);
    assertFalse(message.contains("\n"), message);
  }

  private static String message(Path file) {
    return String.valueOf(
        assertThrows(InputException.class, () -> ImageFile.read(file)).getMessage());
  }

  private Path write(BufferedImage image, String type) throws IOException {
    Path file = folder.resolve("image." + type);
    assertTrue(ImageIO.write(image, type, file.toFile()), "no writer for " + type);
    return file;
  }

  private static byte[] random(int length) {
    byte[] values = new byte[length];
    new RandomStreams(11).stream("pixels", length).nextBytes(values);
    return values;
  }

  private static byte[] reversed(byte[] values) {
    byte[] reversed = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      reversed[i] = values[values.length - 1 - i];
    }
    return reversed;
  }

  private static int[] unsigned(byte[] values) {
    int[] wide = new int[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i] & 0xFF;
    }
    return wide;
  }
}
