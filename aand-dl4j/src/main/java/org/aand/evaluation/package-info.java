/** A detector on a test set: scores, maps, metrics, and what a report shows of them. */
@NullMarked
package org.aand.evaluation;

import org.jspecify.annotations.NullMarked;
