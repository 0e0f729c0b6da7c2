/** Dataset folders: which images there are, what they show, which mask belongs to which. */
@NullMarked
package org.aand.io.dataset;

import org.jspecify.annotations.NullMarked;
