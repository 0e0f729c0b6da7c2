/**
 * Which method a model was trained by: AAND, RD, and what lies between and beside them. Start at
 * {@link org.aand.variant.Variant}.
 */
@NullMarked
package org.aand.variant;

import org.jspecify.annotations.NullMarked;
