/**
 * PaDiM: a Gaussian of the teacher's features at every location. Start with {@link
 * org.aand.network.padim.Padim}. Reads the teacher's features; knows no training.
 */
@NullMarked
package org.aand.network.padim;

import org.jspecify.annotations.NullMarked;
