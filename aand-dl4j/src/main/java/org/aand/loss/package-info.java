/**
 * What training minimises: focal and amplification loss of stage 1, distillation losses of stage 2
 * and of RD. Each is a SameDiff op with its own gradient. Builds on {@code nn}.
 */
@NullMarked
package org.aand.loss;

import org.jspecify.annotations.NullMarked;
