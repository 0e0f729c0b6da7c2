@NullMarked
package org.aand.common.heatmap;

import org.jspecify.annotations.NullMarked;
