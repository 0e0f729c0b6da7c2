/** From files to arrays. Knows images and folders, no network. */
@NullMarked
package org.aand.io;

import org.jspecify.annotations.NullMarked;
