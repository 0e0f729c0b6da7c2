package org.aand.io.synthesis;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;

/**
 * Generated textures, for when no folder of photographs is given: marble, wood, clouds, granite,
 * veins, brushed metal, grain, patches, stripes, checks, dots, cells, bricks, cloth, ripples,
 * zigzags, each with its own scale, colours, relief and light.
 *
 * <p>A texture is a function of seed, size and index; the kinds take turns. Textures are made on
 * first use and kept.
 */
public final class ProceduralTextures implements TextureSource {
  /** As many as fit comfortably in memory at 256x256 (25 MB). */
  public static final int DEFAULT_COUNT = 128;

  private static final List<Function<Canvas, double[]>> PATTERNS =
      List.of(
          NaturalPatterns::marble,
          RegularPatterns::stripes,
          NaturalPatterns::wood,
          RegularPatterns::cells,
          NaturalPatterns::clouds,
          RegularPatterns::weave,
          NaturalPatterns::granite,
          RegularPatterns::dots,
          NaturalPatterns::veins,
          RegularPatterns::checks,
          NaturalPatterns::brushed,
          RegularPatterns::bricks,
          NaturalPatterns::grain,
          RegularPatterns::ripples,
          NaturalPatterns::patches,
          RegularPatterns::zigzag);

  private final RandomStreams streams;
  private final int width;
  private final int height;
  private final AtomicReferenceArray<RgbImage> made;

  /**
   * @param seed what the textures depend on
   * @param count how many there are, at least 1
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   */
  public ProceduralTextures(long seed, int count, int width, int height) {
    if (count < 1 || width < 1 || height < 1) {
      throw new IllegalArgumentException(count + " textures of " + width + "x" + height);
    }
    this.streams = new RandomStreams(seed);
    this.width = width;
    this.height = height;
    this.made = new AtomicReferenceArray<>(count);
  }

  @Override
  public int count() {
    return made.length();
  }

  @Override
  public RgbImage get(int index) {
    var texture = made.get(index);
    if (texture == null) {
      // Two threads may make the same texture at once; it is the same.
      texture = draw(PATTERNS.get(index % PATTERNS.size()), streams.stream("texture", index));
      made.set(index, texture);
    }
    return texture;
  }

  private RgbImage draw(Function<Canvas, double[]> pattern, RandomGenerator random) {
    var canvas = new Canvas(width, height, random);
    double[] values = pattern.apply(canvas);
    var palette = Palette.draw(random);
    double[] shade = canvas.fractal(2, 2, 0.5);
    double relief = canvas.between(0.0, 0.6);
    double shadow = canvas.between(0.05, 0.25);
    double grain = canvas.between(0.01, 0.06);
    byte[] pixels = new byte[3 * width * height];
    float[] colour = new float[3];
    for (int i = 0; i < values.length; i++) {
      palette.at(values[i], colour);
      boolean onEdge = i < width || i % width == 0;
      double slope = onEdge ? 0 : values[i] - values[i - width - 1];
      double light = 1 + relief * slope + shadow * shade[i] + grain * canvas.between(-1.0, 1.0);
      for (int c = 0; c < 3; c++) {
        double value = 255 * colour[c] * light;
        pixels[3 * i + c] = (byte) Math.round(Math.max(0, Math.min(255, value)));
      }
    }
    return new RgbImage(width, height, pixels);
  }
}
