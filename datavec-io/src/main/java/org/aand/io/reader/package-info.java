/**
 * From samples to arrays, one by one ({@link org.aand.io.reader.SampleLoader}), as DataVec records,
 * or ahead of time on threads of their own.
 */
@NullMarked
package org.aand.io.reader;

import org.jspecify.annotations.NullMarked;
