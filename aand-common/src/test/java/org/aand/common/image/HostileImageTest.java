package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.aand.common.InputException;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in a file, reading it gives an image or one clear line, within bounded memory. */
class HostileImageTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 30;
  private static final long SMALL = 8L << 20;
  private static final List<String> TYPES =
      List.of("png", "jpg", "bmp", "tiff", "bigtiff", "gif", "pnm");

  /** Bytes at a file's end that readers do without. */
  private static final Map<String, Integer> END_MARKERS = Map.of("jpg", 2, "gif", 1);

  private final RandomGenerator random = new RandomStreams(21).stream("hostile");
  private final Path folder;

  HostileImageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    for (String type : TYPES) {
      byte[] whole = encoded(type);
      int most = whole.length - END_MARKERS.getOrDefault(type, 0);
      for (int length = 0; length < most; length++) {
        assertRefused(Arrays.copyOf(whole, length), "cut." + type, SMALL);
      }
    }
  }

  @Test
  void damagedFilesGiveAImageOrOneLine() throws IOException {
    int refused = 0;
    for (String type : TYPES) {
      byte[] whole = encoded(type);
      for (int i = 0; i < 60; i++) {
        byte[] damaged = whole.clone();
        int flips = 1 + random.nextInt(8);
        for (int f = 0; f < flips; f++) {
          // Half of them in the header, where sizes are.
          int range = f % 2 == 0 ? Math.min(damaged.length, 120) : damaged.length;
          damaged[random.nextInt(range)] = (byte) random.nextInt(256);
        }
        refused += refuses(damaged, "damaged." + type, ImageFile.MAX_BYTES) ? 1 : 0;
      }
    }
    assertTrue(refused > 100, refused + " of 420 refused");
  }

  @Test
  void noiseIsRefusedWhateverItBeginsWith() {
    byte[][] signatures = {
      {},
      {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'},
      {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF},
      {'B', 'M'},
      {'I', 'I', 42, 0},
      {'M', 'M', 0, 42},
      {'I', 'I', 43, 0, 8, 0, 0, 0},
      {'G', 'I', 'F', '8', '9', 'a'},
      {'P', '5', '\n'},
      {'P', '6', ' ', '9', '9', ' ', '9', '9', ' ', '9', ' '}
    };
    for (byte[] signature : signatures) {
      for (int i = 0; i < 10; i++) {
        byte[] noise = new byte[random.nextInt(4000) + signature.length];
        random.nextBytes(noise);
        System.arraycopy(signature, 0, noise, 0, signature.length);
        assertRefused(noise, "noise", SMALL);
      }
    }
  }

  @Test
  void hugeDeclaredSizesAreRefusedBeforeAnythingIsAllocated() throws IOException {
    int[][] sizes = {
      {60_000, 60_000}, {Integer.MAX_VALUE, 1}, {1, Integer.MAX_VALUE}, {20_000, 9000}
    };
    for (int[] size : sizes) {
      assertRefused(png(size[0], size[1]), "huge.png", SMALL);
      assertRefused(PlainTiff.of(size[0], size[1], 3, 8, 1, new byte[99]), "huge.tiff", SMALL);
      assertRefused(bmp(size[0], size[1]), "huge.bmp", SMALL);
      assertRefused(pnm("P5", size[0], size[1]), "huge.pgm", SMALL);
      assertRefused(pnm("P3", size[0], size[1]), "huge.ppm", SMALL);
    }
    assertRefused(jpeg(65_000, 65_000), "huge.jpg", SMALL);
    assertRefused(jpeg(65_000, 2000), "huge.jpg", SMALL);
    assertRefused(png(9000, 9000), "hollow.png", SMALL);
    assertRefused(pnm("P4", 9000, 9000), "hollow.pbm", SMALL);
    assertRefused(gif(9000, 9000), "hollow.gif", SMALL);
    assertRefused(PlainTiff.of(9000, 9000, 3, 8, 1, new byte[99]), "hollow.tiff", SMALL);
  }

  @Test
  void hugeTilesAndManyChannelsAreRefusedBeforeAnythingIsAllocated() {
    byte[] data = new byte[WIDTH * HEIGHT];
    for (var more :
        List.of(
            Map.of(322, 60_000, 323, 60_000, 324, 8, 325, 100),
            Map.of(322, -1, 323, -1, 324, 8, 325, 100),
            Map.of(277, 60_000_000, 259, 5),
            Map.of(258, 1 << 30, 259, 8))) {
      assertRefused(PlainTiff.of(WIDTH, HEIGHT, 1, 8, 1, data, more), "tiles.tiff", SMALL);
    }
  }

  @Test
  void whatIsNoRegularFileIsRefusedWithoutWaiting() throws IOException {
    assertSays(folder, "is a folder");
    assertSays(folder.resolve("none.png"), "there is no image");
    assertSays(Files.createFile(folder.resolve("empty.png")), "is empty");
    Path loop = folder.resolve("loop.png");
    Files.createSymbolicLink(loop, loop);
    assertSays(loop, "cannot read");
    assertSays(Files.writeString(folder.resolve("a.gif"), "GIF"), "is not a PNG, JPEG");
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "no /dev/zero here");
    assertSays(device, "is no regular file");
  }

  @Test
  void aFileThatMayNotBeReadIsNamed() throws IOException {
    Path secret = Files.write(folder.resolve("secret.png"), encoded("png"));
    assumeTrue(
        secret.toFile().setReadable(false) && !Files.isReadable(secret), "a superuser reads all");
    assertSays(secret, "cannot read");
  }

  private void assertRefused(byte[] bytes, String name, long most) {
    assertTrue(refuses(bytes, name, most), () -> name + " was read: " + head(bytes));
  }

  /** Whether a file is refused; anything but an image or a clear refusal fails the test. */
  private static boolean refuses(byte[] bytes, String name, long most) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    String message = null;
    try {
      ImageFile.decode(bytes, name);
    } catch (InputException e) {
      message = e.getMessage();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(name + " ended in " + e + ": " + head(bytes), e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated <= most, () -> name + " allocated " + allocated + ": " + head(bytes));
    if (message == null) {
      return false;
    }
    assertTrue(message.contains(name), message);
    assertFalse(message.contains("\n"), message);
    return true;
  }

  private static String head(byte[] bytes) {
    return bytes.length
        + " bytes "
        + Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 120)));
  }

  private static void assertSays(Path file, String what) {
    String message =
        String.valueOf(assertThrows(InputException.class, () -> ImageFile.read(file)).getMessage());
    assertTrue(message.contains(what) && message.contains(file.toString()), message);
    assertEquals(1, message.lines().count());
  }

  private byte[] encoded(String type) throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, random.nextInt(1 << 24));
    }
    var bytes = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, type, bytes));
    return bytes.toByteArray();
  }

  private static byte[] png(int width, int height) throws IOException {
    var tiny = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR), "png", tiny);
    var png = ByteBuffer.wrap(tiny.toByteArray());
    png.putInt(16, width).putInt(20, height);
    var crc = new CRC32();
    crc.update(png.array(), 12, 17);
    return png.putInt(29, (int) crc.getValue()).array();
  }

  private static byte[] pnm(String kind, int width, int height) {
    return (kind + "\n" + width + " " + height + "\n255\nabc").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] gif(int width, int height) throws IOException {
    var tiny = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY), "gif", tiny);
    var gif = ByteBuffer.wrap(tiny.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    int frame = new String(gif.array(), StandardCharsets.ISO_8859_1).indexOf(',', 13);
    for (int at : new int[] {6, frame + 5}) {
      gif.putShort(at, (short) width).putShort(at + 2, (short) height);
    }
    return gif.array();
  }

  private static byte[] bmp(int width, int height) throws IOException {
    var tiny = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR), "bmp", tiny);
    return ByteBuffer.wrap(tiny.toByteArray())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(18, width)
        .putInt(22, height)
        .array();
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    var tiny = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_3BYTE_BGR), "jpg", tiny);
    byte[] jpeg = tiny.toByteArray();
    String text = new String(jpeg, StandardCharsets.ISO_8859_1);
    int frame = text.indexOf("\u00ff\u00c0");
    return ByteBuffer.wrap(jpeg)
        .putShort(frame + 5, (short) height)
        .putShort(frame + 7, (short) width)
        .array();
  }
}
