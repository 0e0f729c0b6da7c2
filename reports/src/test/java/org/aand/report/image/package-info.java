@NullMarked
package org.aand.report.image;

import org.jspecify.annotations.NullMarked;
