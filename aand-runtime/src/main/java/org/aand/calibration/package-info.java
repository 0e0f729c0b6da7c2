/** What scores mean: thresholds by normal images, verdicts, and how sure they are. */
@NullMarked
package org.aand.calibration;

import org.jspecify.annotations.NullMarked;
