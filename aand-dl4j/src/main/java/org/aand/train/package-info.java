/**
 * How the two stages and the baseline are trained. Builds on the network packages and {@code loss};
 * knows no command line and no report.
 */
@NullMarked
package org.aand.train;

import org.jspecify.annotations.NullMarked;
