/** Files that appear complete or not at all, their hashes, and locks between processes. */
@NullMarked
package org.aand.common.file;

import org.jspecify.annotations.NullMarked;
