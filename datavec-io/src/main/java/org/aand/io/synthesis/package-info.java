/**
 * Synthetic anomalies: a texture, changed in colour and shape, is blended into a normal image under
 * a mask of thresholded Perlin noise inside the object. Works on arrays; reads files only through a
 * function that the caller hands in.
 */
@NullMarked
package org.aand.io.synthesis;

import org.jspecify.annotations.NullMarked;
