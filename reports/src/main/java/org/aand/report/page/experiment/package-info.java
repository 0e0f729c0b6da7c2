/**
 * The report of the paper's experiments: one HTML page that stands alone, and the files of its
 * tables.
 *
 * <p>Start at {@link org.aand.report.page.experiment.ExperimentReport}. The package-private records
 * hold text ready to print for the templates in {@code src/main/jte/experiment}.
 */
@NullMarked
package org.aand.report.page.experiment;

import org.jspecify.annotations.NullMarked;
