@NullMarked
package org.aand.report;

import org.jspecify.annotations.NullMarked;
