/**
 * A trained model on Apache Spark: images in, rows out, on as many machines as the cluster has.
 *
 * <p>Start at {@link org.aand.spark.AnomalyDetectionModel}, the transformer of data frames; {@link
 * org.aand.spark.Score} is the program. Knows the runtime alone: executors need no native library.
 */
@NullMarked
package org.aand.spark;

import org.jspecify.annotations.NullMarked;
