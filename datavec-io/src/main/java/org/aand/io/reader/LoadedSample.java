package org.aand.io.reader;

import java.util.Optional;
import org.aand.common.image.Normalisation;
import org.aand.common.image.RgbImage;
import org.aand.io.dataset.Sample;

/**
 * A sample, read and preprocessed to size S.
 *
 * @param sample where it came from
 * @param originalWidth of the file, in pixels
 * @param originalHeight of the file, in pixels
 * @param resized the resized image in 8 bits, {@code [height, width, 3]}
 * @param normalisation from it to the network's input
 * @param mask {@code [height, width]}, 1 where anomalous, else 0; all 0 for a normal image; empty
 *     for a defective one without a mask file
 * @param foreground {@code [height, width]}, 1 on the object, else 0; empty if it was not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record LoadedSample(
    Sample sample,
    int originalWidth,
    int originalHeight,
    RgbImage resized,
    Normalisation normalisation,
    Optional<byte[]> mask,
    Optional<byte[]> foreground) {
  /** The network's input, {@code [height, width, 3]}, normalised, channels last; a new array. */
  public float[] image() {
    return normalisation.apply(resized);
  }
}
