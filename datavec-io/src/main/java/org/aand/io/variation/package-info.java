/**
 * Variations of normal images, as a line's lighting and placement bring them about, to train on
 * beside the images themselves. Begin with {@link org.aand.io.variation.Variation}.
 */
@NullMarked
package org.aand.io.variation;

import org.jspecify.annotations.NullMarked;
