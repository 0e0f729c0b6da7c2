/**
 * Tensors in the files that PyTorch users pass on: {@code torch.save}'s two formats and
 * safetensors. Start with {@link org.aand.teacher.weights.checkpoint.Checkpoint}. Builds on {@code
 * pickle}; knows no network.
 */
@NullMarked
package org.aand.teacher.weights.checkpoint;

import org.jspecify.annotations.NullMarked;
