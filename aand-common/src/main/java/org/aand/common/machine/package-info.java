/** What the system tells of the machine and of this process. */
@NullMarked
package org.aand.common.machine;

import org.jspecify.annotations.NullMarked;
