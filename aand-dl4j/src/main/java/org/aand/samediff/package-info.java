/**
 * Trained models on SameDiff: a model with its parameters off-heap, its file, and detection by a
 * prepared graph. Knows no training and no command line.
 */
@NullMarked
package org.aand.samediff;

import org.jspecify.annotations.NullMarked;
