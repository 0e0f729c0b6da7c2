@NullMarked
package org.aand.report.page.experiment;

import org.jspecify.annotations.NullMarked;
