/** JMH benchmarks; nothing depends on them. The measured boundary is in each name. */
@NullMarked
package org.aand.benchmarks;

import org.jspecify.annotations.NullMarked;
