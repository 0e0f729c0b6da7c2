/** All randomness of the project: named streams that grow from one seed. Touches nothing else. */
@NullMarked
package org.aand.common.random;

import org.jspecify.annotations.NullMarked;
