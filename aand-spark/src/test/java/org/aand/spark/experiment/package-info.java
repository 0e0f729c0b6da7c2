/** Tests of experiments on Spark. */
@NullMarked
package org.aand.spark.experiment;

import org.jspecify.annotations.NullMarked;
