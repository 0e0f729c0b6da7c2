/**
 * Images for the report: anomaly maps as colour over the image, and outlines of the ground truth.
 *
 * <p>Start at {@link org.aand.common.heatmap.Heatmap}. Plain arrays in, PNG bytes out; works
 * without a display and gives the same bytes every time.
 */
@NullMarked
package org.aand.common.heatmap;

import org.jspecify.annotations.NullMarked;
