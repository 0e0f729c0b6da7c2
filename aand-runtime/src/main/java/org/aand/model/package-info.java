/** A trained model as data: its description and its file. */
@NullMarked
package org.aand.model;

import org.jspecify.annotations.NullMarked;
