@NullMarked
package org.aand.report.experiment.published;

import org.jspecify.annotations.NullMarked;
