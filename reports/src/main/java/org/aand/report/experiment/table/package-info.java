/**
 * The paper's tables from cells and published values, and their Markdown, LaTeX and CSV.
 *
 * <p>Start at {@link org.aand.report.experiment.table.ResultTables}. A {@link
 * org.aand.report.experiment.table.Table} is text ready to print in any of the forms.
 */
@NullMarked
package org.aand.report.experiment.table;

import org.jspecify.annotations.NullMarked;
