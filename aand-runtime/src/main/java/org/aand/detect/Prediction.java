package org.aand.detect;

/**
 * What a detector finds in one image.
 *
 * @param map {@code [height, width]} of the model's resolution, in row-major order, greater for
 *     more anomalous
 * @param score of the image, by the model's {@link org.aand.model.ImageScore}; the paper's is the
 *     map's maximum
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Prediction(float[] map, float score) {}
