package org.aand.pipeline;

import java.nio.file.Path;
import java.util.List;
import org.aand.common.concurrent.Prefetcher;
import org.aand.common.file.AtomicFile;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Png;
import org.aand.common.image.GrayImage;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Resize;
import org.aand.common.image.RgbImage;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.Sample;
import org.aand.io.foreground.ForegroundRule;
import org.aand.io.foreground.ForegroundRules;
import org.aand.runfolder.RunFolder;

/**
 * Draws what counts as the object in each training image, where synthetic anomalies are put.
 *
 * <p>Each image becomes a PNG of the same name, of at most {@link #LONGER_SIDE} pixels, with the
 * object outlined.
 */
public final class ForegroundRun {
  /** Larger images are reduced to be shown; the object is found in the original. */
  public static final int LONGER_SIDE = 512;

  private static final int THREADS = 2;

  private ForegroundRun() {}

  /**
   * What was found.
   *
   * @param rule that separates the object from the background
   * @param images how many images there are
   * @param whole in how many of them everything counts as object
   */
  public record Found(ForegroundRule rule, int images, int whole) {}

  private record Drawing(String name, Png png, boolean whole) {}

  /**
   * Draws all training images of a category.
   *
   * @param out the folder to write; must not exist
   * @throws org.aand.common.InputException if an image cannot be used or the folder not be written
   */
  public static Found execute(Category category, Path out, RunListener listener) {
    var rule = ForegroundRules.of(category.name());
    List<Sample> samples = category.train();
    int whole = 0;
    listener.onReadStart(samples.size());
    try (var folder = RunFolder.begin(out);
        var drawings =
            Prefetcher.of(samples.size(), i -> draw(samples.get(i), rule), THREADS, 2 * THREADS)) {
      while (drawings.hasNext()) {
        var drawing = drawings.next();
        AtomicFile.write(
            folder.file(drawing.name()), stream -> stream.write(drawing.png().bytes()));
        whole += drawing.whole() ? 1 : 0;
        listener.onImageRead();
      }
      folder.publish();
    }
    return new Found(rule, samples.size(), whole);
  }

  private static Drawing draw(Sample sample, ForegroundRule rule) {
    RgbImage image = ImageFile.read(sample.image());
    GrayImage mask = rule.mask(image);
    boolean whole = true;
    for (byte value : mask.pixels()) {
      whole &= value != 0;
    }
    double scale = Math.min(1, (double) LONGER_SIDE / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.round(scale * image.width()));
    int height = Math.max(1, (int) Math.round(scale * image.height()));
    byte[] reduced = Resize.NEAREST.apply(mask, width, height).pixels();
    boolean[] object = new boolean[reduced.length];
    for (int i = 0; i < object.length; i++) {
      object[i] = reduced[i] != 0;
    }
    byte[] pixels = Resize.BICUBIC.apply(image, width, height).pixels();
    return new Drawing(
        pngName(sample.name()), Heatmap.outlined(pixels, object, width, height), whole);
  }

  private static String pngName(String name) {
    return name.endsWith(".png") ? name : name + ".png";
  }
}
