@NullMarked
package org.aand.report.experiment;

import org.jspecify.annotations.NullMarked;
