/**
 * The paper's experiments on Apache Spark: each training a task that has an executor's cores.
 *
 * <p>Start at {@link org.aand.spark.experiment.Experiment}. Knows the whole program ({@code
 * aand-app}), unlike scoring, and is not used by it.
 */
@NullMarked
package org.aand.spark.experiment;

import org.jspecify.annotations.NullMarked;
