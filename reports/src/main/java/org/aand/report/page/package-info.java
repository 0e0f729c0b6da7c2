/**
 * The report for people: one self-contained HTML page about one or several runs.
 *
 * <p>Start at {@link org.aand.report.page.ReportPage}. The records here with text ready to print
 * are what the templates in {@code src/main/jte} see; numbers become text here and nowhere else.
 */
@NullMarked
package org.aand.report.page;

import org.jspecify.annotations.NullMarked;
