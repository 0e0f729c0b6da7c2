/**
 * Float32 kernels of a network in plain Java: products, convolutions, pooling and element-wise
 * functions.
 *
 * <p>Maps are channels-last, {@code [N, H, W, C]}, in {@code float[]}, plain or in the layout that
 * a product reads ({@link org.aand.runtime.kernel.ArrayRows}); convolution kernels are {@code [kH,
 * kW, in, out]}. Start with {@link org.aand.runtime.kernel.ConvolutionKernel} and {@link
 * org.aand.runtime.kernel.Product}. Kernels are packed once; a call allocates no arrays but the
 * first scratch of a thread.
 *
 * <p>A result is the same bit for bit whatever the number of threads and of images in a batch: the
 * order of a sum follows from the shape of one image alone.
 */
@NullMarked
package org.aand.runtime.kernel;

import org.jspecify.annotations.NullMarked;
