package org.aand.io.synthesis;

/**
 * One training sample of the first stage.
 *
 * @param image {@code [height, width, 3]}, normalised
 * @param mask {@code [height, width]}, 1 where the image was changed, else 0
 * @param anomalous whether the mask has any 1
 */
@SuppressWarnings("ArrayRecordComponent") // a sample is compared by identity
public record SyntheticSample(float[] image, byte[] mask, boolean anomalous) {}
