/**
 * The record of a run and its JSON form: what was measured, on what, and how to repeat it.
 *
 * <p>Start at {@link org.aand.report.RunResult}. Knows neither network nor array library; the page
 * for people is in {@link org.aand.report.page}.
 */
@NullMarked
package org.aand.report;

import org.jspecify.annotations.NullMarked;
