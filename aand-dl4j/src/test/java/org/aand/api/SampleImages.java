package org.aand.api;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;

/** Images for tests: smooth gradients with noise, each its own. */
public final class SampleImages {
  private SampleImages() {}

  public static List<RgbImage> draw(int count, int width, int height) {
    var images = new ArrayList<RgbImage>();
    for (int i = 0; i < count; i++) {
      var random = new RandomStreams(11).stream("picture", i);
      byte[] pixels = new byte[3 * width * height];
      int shade = random.nextInt(60);
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) (shade + p / 3 % width * 90 / width + p % 3 * 20 + random.nextInt(25));
      }
      images.add(new RgbImage(width, height, pixels));
    }
    return images;
  }

  public static BufferedImage buffered(RgbImage image) {
    var buffered = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        buffered.setRGB(x, y, image.at(x, y, 0) << 16 | image.at(x, y, 1) << 8 | image.at(x, y, 2));
      }
    }
    return buffered;
  }

  public static byte[] png(RgbImage image) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(buffered(image), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
