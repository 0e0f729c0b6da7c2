/**
 * A model as an HTTP service. Start at {@link org.aand.serve.DetectionService}. Builds on {@code
 * api} and the reports' pages; knows no training and no command line.
 */
@NullMarked
package org.aand.serve;

import org.jspecify.annotations.NullMarked;
