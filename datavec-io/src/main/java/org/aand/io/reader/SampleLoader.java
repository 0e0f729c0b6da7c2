package org.aand.io.reader;

import java.nio.file.Path;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.image.GrayImage;
import org.aand.common.image.ImageFile;
import org.aand.common.image.MaskFile;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.RgbImage;
import org.aand.io.dataset.Sample;
import org.aand.io.foreground.ForegroundRule;

/** Reads and preprocesses one sample. Implementations are safe to call from many threads. */
@FunctionalInterface
public interface SampleLoader {
  /**
   * Loads a sample.
   *
   * @param sample which one
   * @return its arrays
   * @throws InputException if its image or mask cannot be used
   */
  LoadedSample load(Sample sample);

  /**
   * The loader that reads image and mask from their files.
   *
   * @param preprocessing size, resizing, normalisation
   */
  static SampleLoader of(Preprocessing preprocessing) {
    return sample ->
        prepare(sample, ImageFile.read(sample.image()), preprocessing, Optional.empty());
  }

  /**
   * The loader that makes the foreground mask too, from the image at its own resolution.
   *
   * @param preprocessing size, resizing, normalisation
   * @param foreground the category's rule
   */
  static SampleLoader of(Preprocessing preprocessing, ForegroundRule foreground) {
    return sample ->
        prepare(sample, ImageFile.read(sample.image()), preprocessing, Optional.of(foreground));
  }

  /**
   * Preprocesses an image that is decoded already.
   *
   * @throws InputException if the sample's mask cannot be used
   */
  static LoadedSample prepare(
      Sample sample,
      RgbImage original,
      Preprocessing preprocessing,
      Optional<ForegroundRule> foreground) {
    var resized = preprocessing.resize(original);
    Optional<byte[]> mask =
        sample.defective()
            ? Optional.of(sample).filter(Sample::hasMask).map(s -> mask(s, original, preprocessing))
            : Optional.of(new byte[preprocessing.size().pixels()]);
    return new LoadedSample(
        sample,
        original.width(),
        original.height(),
        resized,
        preprocessing.normalisation(),
        mask,
        foreground.map(rule -> rule.mask(original, preprocessing.size())));
  }

  private static byte[] mask(Sample sample, RgbImage original, Preprocessing preprocessing) {
    Path file = sample.masks().get(0);
    GrayImage mask = MaskFile.read(sample.masks());
    if (mask.width() != original.width() || mask.height() != original.height()) {
      throw new InputException(
          "the mask "
              + file
              + " has "
              + mask.width()
              + "x"
              + mask.height()
              + " pixels but its image "
              + sample.image()
              + " has "
              + original.width()
              + "x"
              + original.height()
              + "; they must be of one size");
    }
    int most = 0;
    for (byte value : mask.pixels()) {
      most = Math.max(most, value & 0xFF);
    }
    if (most > 0 && most <= preprocessing.maskRule().threshold()) {
      throw new InputException(
          "the mask "
              + file
              + " has no value above "
              + most
              + "; masks are 0 where normal and 255 where anomalous");
    }
    return preprocessing.maskRule().apply(mask, preprocessing.size());
  }
}
