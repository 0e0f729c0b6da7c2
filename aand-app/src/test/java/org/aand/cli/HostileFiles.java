package org.aand.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aand.common.random.RandomStreams;

/**
 * Files that nobody should be able to hurt the program with: cut off, overwritten, of another kind
 * than their name, declaring what they do not hold, unpacking without end.
 */
final class HostileFiles {
  private final RandomGenerator random = new RandomStreams(77).stream("hostile files");
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  private HostileFiles() {}

  /**
   * Writes them.
   *
   * @param good whole files by name, to be cut off and overwritten
   * @return every path that was made; some are no regular files
   */
  static List<Path> write(Map<String, byte[]> good, Path folder) throws IOException {
    var hostile = new HostileFiles();
    good.forEach(hostile::cut);
    good.forEach(hostile::overwritten);
    hostile.noise();
    hostile.declared();
    hostile.archives();
    hostile.pickles();
    Files.createDirectories(folder);
    var paths = new ArrayList<Path>();
    for (var file : hostile.files.entrySet()) {
      paths.add(Files.write(folder.resolve(file.getKey()), file.getValue()));
    }
    paths.add(Files.createDirectory(folder.resolve("folder.png")));
    var loop = folder.resolve("loop.png");
    paths.add(Files.createSymbolicLink(loop, loop));
    paths.add(Files.createSymbolicLink(folder.resolve("nowhere.png"), folder.resolve("none")));
    return paths;
  }

  private void put(String name, byte[] content) {
    files.put(String.format(java.util.Locale.ROOT, "%03d-%s", files.size(), name), content);
  }

  private void cut(String name, byte[] whole) {
    for (int i = 0; i < 16; i++) {
      put("cut-" + name, Arrays.copyOf(whole, random.nextInt(whole.length * 9 / 10)));
    }
  }

  /** The beginning is destroyed, so that none of them is a whole file by luck. */
  private void overwritten(String name, byte[] whole) {
    for (int i = 0; i < 8; i++) {
      byte[] changed = whole.clone();
      for (int at = 0; at < 24; at++) {
        changed[at] = (byte) (changed[at] ^ (1 + random.nextInt(255)));
      }
      put("overwritten-" + name, changed);
    }
  }

  private void noise() {
    for (var suffix : List.of("png", "jpg", "bmp", "tiff", "aand", "h5", "pth", "safetensors")) {
      for (int length : new int[] {0, 1, 7, 100, 3000}) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        put("noise-" + length + "." + suffix, bytes);
      }
      put("text." + suffix, ("no " + suffix + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private void declared() {
    int[][] sizes = {{60_000, 60_000}, {Integer.MAX_VALUE, 1}, {-1, -1}, {0, 7}, {20_000, 9000}};
    for (int[] size : sizes) {
      put("declares-" + size[0] + "x" + size[1] + ".png", png(size[0], size[1]));
    }
    // A header of 2^62 bytes, then one of 100 bytes that is no JSON.
    put("long.safetensors", ByteBuffer.allocate(16).putLong(64L << 56).array());
    put("short.safetensors", ByteBuffer.allocate(108).putLong(100L << 56).array());
  }

  private static byte[] png(int width, int height) {
    var header = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    var crc = new CRC32();
    crc.update(header.array());
    return ByteBuffer.allocate(33)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
        .putInt(13)
        .put(header.array())
        .putInt((int) crc.getValue())
        .array();
  }

  private void archives() throws IOException {
    byte[] much = new byte[64 << 20];
    for (var suffix : List.of("aand", "pth", "zip")) {
      put("empty." + suffix, zip());
      put("bomb." + suffix, zip("manifest.json", much, "archive/data.pkl", much));
      put("escape." + suffix, zip("../../escaped", new byte[3], "/escaped", new byte[3]));
      put("lies." + suffix, zip("manifest.json", "{\"format\":\"aand-model\",\"version\":1}"));
      put("deep." + suffix, zip("manifest.json", "[".repeat(100_000)));
      put("teacher." + suffix, zip("manifest.json", "{\"format\":\"aand-teacher\"}"));
    }
  }

  private static byte[] zip(Object... namesAndContents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndContents[i]));
        zip.write(
            namesAndContents[i + 1] instanceof byte[] content
                ? content
                : ((String) namesAndContents[i + 1]).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private void pickles() throws IOException {
    for (var call : List.of("os system", "builtins eval", "posix fork", "torch load")) {
      byte[] pickle =
          ("\u0080\u0002c" + call.replace(' ', '\n') + "\nX\u0004\0\0\0true\u0085R.")
              .getBytes(StandardCharsets.ISO_8859_1);
      put("calls.pth", pickle);
      put("calls-in-a-zip.pth", zip("archive/data.pkl", pickle));
    }
  }
}
