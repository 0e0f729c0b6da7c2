/**
 * Where results go as they are found: files, and other machines. Start at {@link
 * org.aand.serve.sink.ResultSink}; what sends over a network implements {@link
 * org.aand.serve.sink.Delivery} and is wrapped by {@code SpooledSink}. Knows no detector.
 */
@NullMarked
package org.aand.serve.sink;

import org.jspecify.annotations.NullMarked;
