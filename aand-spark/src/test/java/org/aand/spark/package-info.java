/** Tests of scoring on Spark, in this process and on a cluster of several. */
@NullMarked
package org.aand.spark;

import org.jspecify.annotations.NullMarked;
