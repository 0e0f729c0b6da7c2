@NullMarked
package org.aand.report.page;

import org.jspecify.annotations.NullMarked;
