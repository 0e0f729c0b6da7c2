@NullMarked
package org.aand.report.experiment.table;

import org.jspecify.annotations.NullMarked;
