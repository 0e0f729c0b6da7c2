/**
 * Trained weights of a teacher, read from Keras' HDF5 files. Start with {@link
 * org.aand.teacher.weights.TeacherWeights}. Builds on {@code teacher} and {@code nn}.
 */
@NullMarked
package org.aand.teacher.weights;

import org.jspecify.annotations.NullMarked;
