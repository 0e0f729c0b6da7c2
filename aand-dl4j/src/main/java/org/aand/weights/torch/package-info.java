/**
 * Tensors in the files that PyTorch users pass on: {@code torch.save}'s two formats and
 * safetensors. Start with {@link org.aand.weights.torch.TorchCheckpoint}. Builds on {@code pickle};
 * knows no network.
 */
@NullMarked
package org.aand.weights.torch;

import org.jspecify.annotations.NullMarked;
