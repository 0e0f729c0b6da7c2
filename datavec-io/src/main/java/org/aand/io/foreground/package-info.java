/** Where the object is in an image, so that anomalies are put onto it. Plain arithmetic. */
@NullMarked
package org.aand.io.foreground;

import org.jspecify.annotations.NullMarked;
