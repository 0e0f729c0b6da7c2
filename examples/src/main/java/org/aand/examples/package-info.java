/** One small program per use of the library; each is run by the build. */
@NullMarked
package org.aand.examples;

import org.jspecify.annotations.NullMarked;
