package org.aand.demo.product;

import java.util.random.RandomGenerator;
import org.aand.common.image.GrayImage;
import org.aand.common.image.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * One photograph, and the same part photographed without its defect.
 *
 * <p>The mask is where the two differ by {@value #VISIBLE} or more of 255 in some channel before
 * the sensor's noise, with gaps closed; everywhere else the image is exactly its twin.
 *
 * @param image what the camera saw
 * @param twin the same without the defect; the same image if there is none
 * @param mask 255 where the defect shows, else 0
 */
record ProductPhoto(RgbImage rendered, RgbImage twin, GrayImage mask) {
  /** The least difference that counts as seen; the noise's standard deviation is 1.5. */
  static final int VISIBLE = 5;

  private static final int ATTEMPTS = 20;

  /** The smallest defect is this part of the image. */
  private static final double SMALLEST = 2.5e-4;

  /** A defect-free part. */
  static ProductPhoto good(int size, RandomGenerator random) {
    return take(size, random, null, 0);
  }

  /**
   * A part with a defect.
   *
   * @param severity 0 (hard to see) to 1 (obvious); if nothing can be seen it is raised
   */
  static ProductPhoto defective(
      int size, RandomGenerator random, DefectKind kind, double severity) {
    return take(size, random, kind, severity);
  }

  private static ProductPhoto take(
      int size, RandomGenerator random, @Nullable DefectKind kind, double severity) {
    var draw = new Draw(random);
    var pose = Pose.drawn(draw);
    var light = Light.drawn(draw);
    var camera = Camera.drawn(draw);
    var finish = new GearFinish(draw);
    float[] noise = Camera.noise(draw, size);
    var surface = new Surface(size, pose);
    finish.paint(surface, GearShape.designed());
    float[][] lit = light.on(surface);
    float[] whole = camera.expose(lit, surface.side);
    RgbImage twin = develop(whole, noise, size);
    if (kind == null) {
      return new ProductPhoto(twin, twin, new GrayImage(size, size, new byte[size * size]));
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var damaged = surface.copy();
      double raised = severity + (1 - severity) * attempt / ATTEMPTS;
      kind.defect().apply(damaged, finish, draw, raised);
      float[] exposed =
          camera.expose(light.again(damaged, lit, damaged.changedFrom(surface)), damaged.side);
      boolean[] seen = Visibility.of(whole, exposed, size, VISIBLE);
      if (Visibility.count(seen) >= Math.max(8, SMALLEST * size * size)) {
        return composed(whole, exposed, noise, seen, twin);
      }
    }
    throw new IllegalStateException("no visible " + kind + " in " + ATTEMPTS + " attempts");
  }

  private static ProductPhoto composed(
      float[] whole, float[] exposed, float[] noise, boolean[] seen, RgbImage twin) {
    float[] both = whole.clone();
    byte[] mask = new byte[seen.length];
    for (int pixel = 0; pixel < seen.length; pixel++) {
      if (seen[pixel]) {
        System.arraycopy(exposed, 3 * pixel, both, 3 * pixel, 3);
        mask[pixel] = (byte) 255;
      }
    }
    int size = twin.width();
    return new ProductPhoto(develop(both, noise, size), twin, new GrayImage(size, size, mask));
  }

  private static RgbImage develop(float[] exposed, float[] noise, int size) {
    byte[] pixels = new byte[exposed.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) Math.max(0, Math.min(255, (int) Math.rint(exposed[i] + noise[i])));
    }
    return new RgbImage(size, size, pixels);
  }
}
