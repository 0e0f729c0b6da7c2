/**
 * The frozen network whose features are compared. Start with {@link
 * org.aand.network.teacher.Backbone}. Knows no student and no training.
 */
@NullMarked
package org.aand.network.teacher;

import org.jspecify.annotations.NullMarked;
