/**
 * From features to an anomaly map and a score. Builds on the network packages; knows no training
 * and no command line.
 */
@NullMarked
package org.aand.detect;

import org.jspecify.annotations.NullMarked;
