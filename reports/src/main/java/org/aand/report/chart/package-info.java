/**
 * The geometry of the report's charts: from numbers to positions in an SVG drawing.
 *
 * <p>The charts are SVG written by the templates rather than by a charting library, because such
 * libraries paint fixed colours and shapes: a chart here takes its colours from the page, light or
 * dark, its text stays text, and a curve is a few hundred bytes.
 *
 * <p>Knows neither HTML nor colours; those are the templates' and the style sheet's. Start at
 * {@link org.aand.report.chart.Axis}.
 */
@NullMarked
package org.aand.report.chart;

import org.jspecify.annotations.NullMarked;
