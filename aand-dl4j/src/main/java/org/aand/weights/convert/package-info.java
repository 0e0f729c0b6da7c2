/**
 * From the checkpoints of PyTorch's residual networks to Keras' weights files. Start with {@link
 * org.aand.weights.convert.WeightsImport}. Builds on {@code weights} and {@code
 * weights.checkpoint}.
 */
@NullMarked
package org.aand.weights.convert;

import org.jspecify.annotations.NullMarked;
