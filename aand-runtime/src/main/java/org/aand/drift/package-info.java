/**
 * Whether the images of a line still are what a model was calibrated by. Begin with {@link
 * org.aand.drift.DriftMonitor}.
 */
@NullMarked
package org.aand.drift;

import org.jspecify.annotations.NullMarked;
