package org.aand.io.scene;

import java.util.random.RandomGenerator;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.io.synthesis.TextureSource;

/**
 * Generated images: textured things of many shapes on a textured ground, each with its relief,
 * under uneven light and with a camera's blur and noise.
 *
 * <p>An image is a function of seed, size and index. Safe to use from several threads.
 */
public final class Scenes {
  private static final int TEXTURES = 640;

  private final RandomStreams streams;
  private final TextureSource textures;
  private final int size;
  private final int textureSize;

  /**
   * @param seed what the images depend on
   * @param size width and height in pixels, at least 16
   */
  public Scenes(long seed, int size) {
    if (size < 16) {
      throw new IllegalArgumentException("a scene of " + size + " pixels; at least 16");
    }
    this.streams = new RandomStreams(seed);
    this.size = size;
    this.textureSize = size + size / 2;
    this.textures = new ProceduralTextures(seed, TEXTURES, textureSize, textureSize);
  }

  /** The image of that number, {@code [size, size, 3]}. */
  public RgbImage get(long index) {
    var random = streams.stream("scene", index);
    double[] canvas = new double[3 * size * size];
    lay(canvas, patch(random), (x, y) -> 1, 0, 0, size, 0);
    int things = random.nextInt(5);
    for (int i = 0; i < things; i++) {
      lay(
          canvas,
          patch(random),
          Outline.draw(random),
          random.nextDouble(0, size),
          random.nextDouble(0, size),
          size * random.nextDouble(0.08, 0.5),
          random.nextDouble(-0.5, 0.5));
    }
    light(canvas, random);
    if (random.nextInt(3) == 0) {
      blur(canvas);
    }
    if (random.nextInt(3) == 0) {
      fade(canvas, random.nextDouble(0.5, 1));
    }
    return rgb(canvas, random);
  }

  /** Takes colour away: many cameras of factories see none. */
  private static void fade(double[] canvas, double share) {
    for (int i = 0; i < canvas.length; i += 3) {
      double grey = 0.3 * canvas[i] + 0.59 * canvas[i + 1] + 0.11 * canvas[i + 2];
      for (int c = 0; c < 3; c++) {
        canvas[i + c] += share * (grey - canvas[i + c]);
      }
    }
  }

  /** Part of a texture, mirrored and recoloured at random. */
  private Patch patch(RandomGenerator random) {
    return new Patch(
        textures.get(random.nextInt(textures.count())),
        random.nextInt(textureSize - size + 1),
        random.nextInt(textureSize - size + 1),
        random.nextBoolean(),
        random.nextInt(6),
        random.nextDouble(0.6, 1.4),
        random.nextDouble(-40, 40));
  }

  /** Puts a patch where the outline is, darker or lighter towards its edge. */
  private void lay(
      double[] canvas,
      Patch patch,
      Outline outline,
      double middleX,
      double middleY,
      double extent,
      double relief) {
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double depth = outline.depth((x - middleX) / extent, (y - middleY) / extent);
        double cover = Math.max(0, Math.min(1, depth * extent + 0.5));
        if (cover == 0) {
          continue;
        }
        double shade = 1 + relief * Math.exp(-6 * Math.max(0, depth));
        int at = 3 * (y * size + x);
        for (int c = 0; c < 3; c++) {
          double value = shade * patch.at(x, y, c);
          canvas[at + c] += cover * (value - canvas[at + c]);
        }
      }
    }
  }

  private void light(double[] canvas, RandomGenerator random) {
    double level = random.nextDouble(0.7, 1.2);
    double right = random.nextDouble(-0.4, 0.4) / size;
    double down = random.nextDouble(-0.4, 0.4) / size;
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double factor = level + right * (x - size / 2.0) + down * (y - size / 2.0);
        for (int c = 0; c < 3; c++) {
          canvas[3 * (y * size + x) + c] *= factor;
        }
      }
    }
  }

  /** Three by three, binomial, along both axes. */
  private void blur(double[] canvas) {
    int row = 3 * size;
    along(canvas, 3, row);
    along(canvas, row, row * size);
  }

  private static void along(double[] canvas, int step, int line) {
    double[] source = canvas.clone();
    for (int i = 0; i < canvas.length; i++) {
      int place = i % line;
      double before = source[place < step ? i : i - step];
      double after = source[place >= line - step ? i : i + step];
      canvas[i] = 0.25 * before + 0.5 * source[i] + 0.25 * after;
    }
  }

  private RgbImage rgb(double[] canvas, RandomGenerator random) {
    double noise = random.nextDouble(0, 6);
    byte[] pixels = new byte[canvas.length];
    for (int i = 0; i < pixels.length; i++) {
      double value = canvas[i] + noise * random.nextGaussian();
      pixels[i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
    }
    return new RgbImage(size, size, pixels);
  }

  /**
   * A window of a texture.
   *
   * @param order which of the six orders of the colour channels
   */
  private record Patch(
      RgbImage texture,
      int left,
      int top,
      boolean mirrored,
      int order,
      double contrast,
      double brightness) {
    private static final int[][] ORDERS = {
      {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
    };

    double at(int x, int y, int channel) {
      int column = left + x;
      int value =
          texture.at(
              mirrored ? texture.width() - 1 - column : column, top + y, ORDERS[order][channel]);
      return 128 + contrast * (value - 128) + brightness;
    }
  }
}
