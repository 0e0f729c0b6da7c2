package org.aand.io.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.aand.common.image.ImageFile;
import org.aand.common.image.ImageSize;
import org.aand.common.image.MaskFile;
import org.aand.common.image.MaskRule;

/** Images and masks that carry a number, so that a test sees which belong together. */
final class PaintedFiles {
  static final int SIZE = 16;
  private static final int STEP = 12;

  private PaintedFiles() {}

  /** An image of one grey level, which survives JPEG. */
  static void image(Path file, int number) {
    paint(file, (x, y) -> STEP * number);
  }

  /** A mask that marks one pixel. */
  static void mask(Path file, int number, int value) {
    paint(file, (x, y) -> x == number && y == 0 ? value : 0);
  }

  static int numberOfImage(Path file) {
    return Math.round((float) ImageFile.read(file).at(SIZE / 2, SIZE / 2, 0) / STEP);
  }

  /** The number of a mask; -1 if it does not mark one pixel. */
  static int numberOfMask(Path file) {
    byte[] marks = MaskRule.NOT_ZERO.apply(MaskFile.read(file), ImageSize.square(SIZE));
    int number = -1;
    for (int i = 0; i < marks.length; i++) {
      if (marks[i] != 0) {
        number = number < 0 && i < SIZE ? i : -1;
      }
    }
    return number;
  }

  @FunctionalInterface
  private interface Level {
    int at(int x, int y);
  }

  private static void paint(Path file, Level level) {
    var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIZE * SIZE; i++) {
      image.getRaster().setSample(i % SIZE, i / SIZE, 0, level.at(i % SIZE, i / SIZE));
    }
    try {
      Files.createDirectories(file.resolveSibling("."));
      String name = file.toString();
      if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
        throw new IllegalStateException("no writer for " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
