/** Weights in Keras' HDF5 files. */
@NullMarked
package org.aand.weights.keras;

import org.jspecify.annotations.NullMarked;
