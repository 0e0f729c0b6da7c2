/**
 * Runs a network in plain Java: a {@link org.aand.network.Net} that records operations from the
 * network's description, kernels that are packed once while a model file is read, and plans over
 * arrays that are reused by lifetime.
 *
 * <p>Start with {@link org.aand.runtime.engine.Engine}. A result is the same to the last bit
 * whatever the batch and the number of threads.
 */
@NullMarked
package org.aand.runtime.engine;

import org.jspecify.annotations.NullMarked;
