/**
 * A trained model in another program: images in, decisions out.
 *
 * <p>Start at {@link org.aand.api.AnomalyDetector}. Builds on {@code detect} and on the reading of
 * images; knows no data sets, no training, no command line.
 */
@NullMarked
package org.aand.api;

import org.jspecify.annotations.NullMarked;
