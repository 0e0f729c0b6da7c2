/**
 * What the paper's figures show of the features: start with {@link
 * org.aand.analysis.FeatureDistribution}. Builds on {@code detect}; knows no files.
 */
@NullMarked
package org.aand.analysis;

import org.jspecify.annotations.NullMarked;
