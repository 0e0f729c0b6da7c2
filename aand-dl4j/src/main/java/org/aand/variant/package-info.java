/** Which method is trained: AAND, RD, and what lies between them in the paper's tables. */
@NullMarked
package org.aand.variant;

import org.jspecify.annotations.NullMarked;
