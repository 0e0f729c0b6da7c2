/** A network with its parameters, in memory and as a file. */
@NullMarked
package org.aand.model;

import org.jspecify.annotations.NullMarked;
