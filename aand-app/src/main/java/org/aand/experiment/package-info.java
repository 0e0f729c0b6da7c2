/**
 * The paper's experiments as configuration files, and the runner that trains what is missing of
 * them. Start with {@link org.aand.experiment.ExperimentRun}. Builds on {@code run}; knows no
 * command line.
 */
@NullMarked
package org.aand.experiment;

import org.jspecify.annotations.NullMarked;
