/** The command line. Start with {@link org.aand.cli.Main}. Knows everything; nothing knows it. */
@NullMarked
package org.aand.cli;

import org.jspecify.annotations.NullMarked;
