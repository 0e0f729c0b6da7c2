/** From files to arrays. Knows images and folders, no network. */
@NullMarked
package org.aand.common;

import org.jspecify.annotations.NullMarked;
