/**
 * Dataset folders: which images there are, what they show, which mask belongs to which. Start at
 * {@link org.aand.io.dataset.LayoutChoice}, which gives a folder's {@link
 * org.aand.io.dataset.DatasetLayout}. Reads lists and names, no image.
 */
@NullMarked
package org.aand.io.dataset;

import org.jspecify.annotations.NullMarked;
