/** Work done ahead of its use on threads of its own. */
@NullMarked
package org.aand.common.concurrent;

import org.jspecify.annotations.NullMarked;
