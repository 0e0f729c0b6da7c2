/**
 * What the paper's figures show, as numbers and images that a runner hands over.
 *
 * <p>Start at {@link org.aand.report.experiment.figure.Figure}; {@link
 * org.aand.report.experiment.figure.FigureJson} writes and reads one figure a file. Sweeps need no
 * file: they are computed from the cells.
 */
@NullMarked
package org.aand.report.experiment.figure;

import org.jspecify.annotations.NullMarked;
