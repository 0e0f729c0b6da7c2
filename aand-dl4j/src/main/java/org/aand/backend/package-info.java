/**
 * What the arrays are computed with: native library, threads, memory. Stands alone; nothing here
 * knows networks.
 */
@NullMarked
package org.aand.backend;

import org.jspecify.annotations.NullMarked;
