/**
 * Images as plain arrays, and the arithmetic on them. Touches files only to read and write images.
 */
@NullMarked
package org.aand.common.image;

import org.jspecify.annotations.NullMarked;
