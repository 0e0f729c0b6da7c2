@NullMarked
package org.aand.report.experiment.figure;

import org.jspecify.annotations.NullMarked;
