package org.aand.io.reader;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.MvtecLayout;

/**
 * A small category with real PNG files: two training images, a normal test image, a bent one with a
 * mask over its left half and a torn one without.
 */
final class PaintedCategory {
  static final int WIDTH = 40;
  static final int HEIGHT = 30;

  private PaintedCategory() {}

  static Category in(Path data) throws IOException {
    paint(data.resolve("bolt/train/good/000.png"), 10, 10);
    paint(data.resolve("bolt/train/good/001.png"), 20, 20);
    paint(data.resolve("bolt/test/good/000.png"), 30, 30);
    paint(data.resolve("bolt/test/bent/000.png"), 200, 30);
    paint(data.resolve("bolt/test/torn/000.png"), 50, 50);
    paint(data.resolve("bolt/ground_truth/bent/000_mask.png"), 255, 0);
    return new MvtecLayout(data).open("bolt");
  }

  /** Grey values of the left and the right half. */
  static void paint(Path file, int left, int right) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.getRaster().setSample(x, y, 0, x < WIDTH / 2 ? left : right);
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
