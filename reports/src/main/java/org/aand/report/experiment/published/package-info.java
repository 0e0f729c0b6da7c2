/**
 * What the paper printed: every value of every method in its tables, as data files with their
 * source.
 *
 * <p>Start at {@link org.aand.report.experiment.published.Published}.
 */
@NullMarked
package org.aand.report.experiment.published;

import org.jspecify.annotations.NullMarked;
