/**
 * How well anomaly scores and anomaly maps find the defects: image and pixel AUROC, average
 * precision, F1-max, AUPRO, AUPIMO, F1 at a threshold, their curves, histograms and confidence
 * intervals.
 *
 * <p>Start with {@link org.aand.metrics.AnomalyMetrics}: every metric of one category. The package
 * stands alone on plain arrays; it touches no files, no ND4J and no other package of the project.
 */
@NullMarked
package org.aand.metrics;

import org.jspecify.annotations.NullMarked;
