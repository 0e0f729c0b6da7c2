@NullMarked
package org.aand.report.chart;

import org.jspecify.annotations.NullMarked;
