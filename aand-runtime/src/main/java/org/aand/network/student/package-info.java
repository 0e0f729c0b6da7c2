/**
 * The network that is trained to reconstruct the teacher's features from a bottleneck. Start with
 * {@link org.aand.network.student.Student}. Builds on the backbone's block kinds.
 */
@NullMarked
package org.aand.network.student;

import org.jspecify.annotations.NullMarked;
