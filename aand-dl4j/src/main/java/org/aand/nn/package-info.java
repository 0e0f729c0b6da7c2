/**
 * Building blocks of networks: SameDiff operations with kernels of their own, their gradients, and
 * the prepared execution of a graph.
 *
 * <p>Start with {@link org.aand.nn.Program}. All image-like arrays are channels-last. Knows nothing
 * of teachers, students or images.
 */
@NullMarked
package org.aand.nn;

import org.jspecify.annotations.NullMarked;
