/** The lines between packages. */
@NullMarked
package org.aand.architecture;

import org.jspecify.annotations.NullMarked;
