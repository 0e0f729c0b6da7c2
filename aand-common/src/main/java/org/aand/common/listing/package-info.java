/**
 * Finds image files: what a user's words name, and what lies in a folder. Start with {@link
 * org.aand.common.listing.ImagePaths}.
 */
@NullMarked
package org.aand.common.listing;

import org.jspecify.annotations.NullMarked;
