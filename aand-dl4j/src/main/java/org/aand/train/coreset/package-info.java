/**
 * Chooses few points that lie near all of many: the memory bank of PatchCore. Start with {@link
 * org.aand.train.coreset.GreedyCoreset}. Plain arrays and the runtime's kernels; knows no network.
 */
@NullMarked
package org.aand.train.coreset;

import org.jspecify.annotations.NullMarked;
