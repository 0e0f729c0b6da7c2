/**
 * Residual anomaly amplification: small modules beside the frozen teacher that move its features
 * away where something is wrong. Start with {@link org.aand.network.raa.ResidualAmplification}.
 * Knows no student and no training.
 */
@NullMarked
package org.aand.network.raa;

import org.jspecify.annotations.NullMarked;
