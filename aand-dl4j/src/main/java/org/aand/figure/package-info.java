/**
 * What the paper's figures show of the features: start with {@link
 * org.aand.figure.FeatureDistribution}. Builds on {@code detect}; knows no files.
 */
@NullMarked
package org.aand.figure;

import org.jspecify.annotations.NullMarked;
