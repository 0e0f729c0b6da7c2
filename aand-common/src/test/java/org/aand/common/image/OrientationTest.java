package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras store images as their sensor lies and note how to turn them. */
class OrientationTest {
  /**
   * For each note, what an image stored as "ab/cd/ef" looks like upright; after the table of the
   * EXIF standard: which side of the scene the stored first row and first column are.
   */
  @ParameterizedTest
  @CsvSource({
    "1, ab/cd/ef", // top, left
    "2, ba/dc/fe", // top, right
    "3, fe/dc/ba", // bottom, right
    "4, ef/cd/ab", // bottom, left
    "5, ace/bdf", // left, top
    "6, eca/fdb", // right, top
    "7, fdb/eca", // right, bottom
    "8, bdf/ace", // left, bottom
  })
  void aTiffIsTurnedUpright(int note, String upright) {
    assertEquals(upright, text(ImageFile.decode(tiff("ab/cd/ef", note), "turned.tiff")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 65_535})
  void aNoteOutOfRangeTurnsNothing(int note) {
    assertEquals("ab/cd", text(ImageFile.decode(tiff("ab/cd", note), "odd.tiff")));
  }

  @Test
  void aMaskThatIsToBeTurnedIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("mask.tiff"), tiff("ab/cd/ef", 6));
    var refused = assertThrows(InputException.class, () -> MaskFile.read(file));
    assertTrue(String.valueOf(refused.getMessage()).contains("upright"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"MM", "II"})
  void aPngIsTurnedUprightWhereverItsNoteIs(String order) throws IOException {
    byte[] png = encoded("png");
    assertEquals("20x10 dark left", look(ImageFile.decode(png, "plain.png")));
    int afterHeader = 8 + 25;
    int beforeEnd = png.length - 12;
    for (int at : new int[] {afterHeader, beforeEnd}) {
      assertEquals(
          "10x20 dark top",
          look(ImageFile.decode(withChunk(png, at, exif(order, 6)), "right.png")));
      assertEquals(
          "20x10 dark right",
          look(ImageFile.decode(withChunk(png, at, exif(order, 3)), "down.png")));
    }
    assertEquals(
        "20x10 dark left",
        look(ImageFile.decode(withChunk(png, afterHeader, new byte[3]), "damaged.png")));
  }

  @Test
  void aBigTiffIsTurnedUpright() {
    byte[] stored = "abcdef".getBytes(StandardCharsets.US_ASCII);
    assertEquals("ab/cd/ef", text(ImageFile.decode(PlainTiff.big(2, 3, stored, 1), "1.tf8")));
    assertEquals("eca/fdb", text(ImageFile.decode(PlainTiff.big(2, 3, stored, 6), "6.tf8")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MM", "II"})
  void aJpegIsTurnedUprightWhateverItsByteOrder(String order) throws IOException {
    byte[] jpeg = encoded("jpg");
    assertEquals("20x10 dark left", look(ImageFile.decode(jpeg, "plain.jpg")));
    assertEquals("10x20 dark top", look(ImageFile.decode(withExif(jpeg, order, 6), "right.jpg")));
    assertEquals("20x10 dark right", look(ImageFile.decode(withExif(jpeg, order, 3), "down.jpg")));
    assertEquals("10x20 dark bottom", look(ImageFile.decode(withExif(jpeg, order, 8), "l.jpg")));
  }

  @Test
  void damagedExifTurnsNothing() throws IOException {
    byte[] whole = withExif(encoded("jpg"), "MM", 6);
    int exif = 2 + 4 + 6;
    // Where the directory is, and the tag and type of its entry.
    for (int i : new int[] {4, 5, 6, 7, 10, 11, 12, 13}) {
      byte[] damaged = whole.clone();
      damaged[exif + i] = (byte) 0xFF;
      assertEquals("20x10 dark left", look(ImageFile.decode(damaged, "damaged.jpg")), "byte " + i);
    }
  }

  @Test
  void turningBackGivesTheStoredImage() {
    var image =
        new RgbImage(
            3, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18});
    for (var orientation : Orientation.values()) {
      var back =
          switch (orientation) {
            case TURN_LEFT -> Orientation.TURN_RIGHT;
            case TURN_RIGHT -> Orientation.TURN_LEFT;
            default -> orientation;
          };
      assertArrayEquals(image.pixels(), back.apply(orientation.apply(image)).pixels());
    }
  }

  private static byte[] tiff(String rows, int note) {
    int width = rows.indexOf('/');
    byte[] pixels = rows.replace("/", "").getBytes(StandardCharsets.US_ASCII);
    return PlainTiff.of(width, pixels.length / width, 1, 8, 1, pixels, Map.of(274, note));
  }

  private static String text(RgbImage image) {
    var text = new StringBuilder();
    for (int y = 0; y < image.height(); y++) {
      text.append(y == 0 ? "" : "/");
      for (int x = 0; x < image.width(); x++) {
        text.append((char) image.at(x, y, 0));
      }
    }
    return text.toString();
  }

  /** Dark on the left, bright on the right. */
  private static byte[] encoded(String type) throws IOException {
    var image = new BufferedImage(20, 10, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 200; i++) {
      image.setRGB(i % 20, i / 20, i % 20 < 10 ? 0x101010 : 0xF0F0F0);
    }
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(image, type, bytes);
    return bytes.toByteArray();
  }

  private static String look(RgbImage image) {
    boolean left = image.at(1, image.height() / 2, 0) < 128;
    boolean right = image.at(image.width() - 2, image.height() / 2, 0) < 128;
    boolean top = image.at(image.width() / 2, 1, 0) < 128;
    String side = left != right ? (left ? "left" : "right") : top ? "top" : "bottom";
    return image.width() + "x" + image.height() + " dark " + side;
  }

  private static byte[] exif(String order, int note) {
    var tiff =
        ByteBuffer.allocate(26)
            .order(order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    tiff.put(order.getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    tiff.putShort((short) 1).putShort((short) 274).putShort((short) 3).putInt(1);
    return tiff.putShort((short) note).putShort((short) 0).putInt(0).array();
  }

  private static byte[] withExif(byte[] jpeg, String order, int note) {
    byte[] body = exif(order, note);
    var file = new ByteArrayOutputStream();
    file.write(jpeg, 0, 2);
    file.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (8 + body.length)});
    file.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(body);
    file.write(jpeg, 2, jpeg.length - 2);
    return file.toByteArray();
  }

  private static byte[] withChunk(byte[] png, int at, byte[] exif) {
    byte[] type = "eXIf".getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(type);
    crc.update(exif);
    return ByteBuffer.allocate(png.length + 12 + exif.length)
        .put(png, 0, at)
        .putInt(exif.length)
        .put(type)
        .put(exif)
        .putInt((int) crc.getValue())
        .put(png, at, png.length - at)
        .array();
  }
}
