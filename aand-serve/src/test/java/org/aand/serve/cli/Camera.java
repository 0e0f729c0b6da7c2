package org.aand.serve.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Puts images into a folder at random times: half of them at once, the others slowly, of which half
 * under a name for files that are not complete.
 *
 * @param images taken in turn
 * @param gapMillis most milliseconds between two images
 * @param slowMillis most milliseconds between a file's first part and its second
 */
record Camera(Path folder, List<Path> images, int gapMillis, int slowMillis, Random random) {
  /**
   * Takes images.
   *
   * @return by name below the folder, which image it is
   */
  Map<String, Path> take(int count) throws IOException, InterruptedException {
    var taken = new TreeMap<String, Path>();
    for (int i = 0; i < count; i++) {
      Thread.sleep(random.nextInt(gapMillis));
      var image = images.get(i % images.size());
      var name =
          String.format(
              Locale.ROOT, "day %d/%04d ü %s", i % 3, i, String.valueOf(image.getFileName()));
      var file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      put(file, Files.readAllBytes(image), i % 4);
      taken.put(name, image);
    }
    return taken;
  }

  private void put(Path file, byte[] content, int way) throws IOException, InterruptedException {
    switch (way) {
      case 1 -> writeSlowly(file, content);
      case 3 -> {
        var part = file.resolveSibling(file.getFileName() + ".part");
        writeSlowly(part, content);
        Files.move(part, file);
      }
      default -> Files.write(file, content);
    }
  }

  private void writeSlowly(Path file, byte[] content) throws IOException, InterruptedException {
    int first = random.nextInt(content.length);
    try (var out = Files.newOutputStream(file)) {
      out.write(content, 0, first);
      Thread.sleep(random.nextInt(slowMillis));
      out.write(content, first, content.length - first);
    }
  }
}
