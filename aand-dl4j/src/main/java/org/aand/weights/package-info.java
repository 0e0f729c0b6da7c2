/**
 * Trained weights of a teacher, read from Keras' HDF5 files. Start with {@link
 * org.aand.weights.keras.TeacherWeights}. Builds on {@code teacher} and {@code nn}.
 *
 * <p>Checkpoints of PyTorch are turned into such files by {@link
 * org.aand.weights.convert.WeightsImport}.
 */
@NullMarked
package org.aand.weights;

import org.jspecify.annotations.NullMarked;
