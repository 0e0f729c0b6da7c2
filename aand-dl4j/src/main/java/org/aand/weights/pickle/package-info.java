/**
 * Python's pickles as far as saved tensors need them, read without running anything. Start with
 * {@link org.aand.weights.pickle.PickleMachine}. Knows nothing of tensors.
 */
@NullMarked
package org.aand.weights.pickle;

import org.jspecify.annotations.NullMarked;
