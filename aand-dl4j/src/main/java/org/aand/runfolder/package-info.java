/** The folder that a run writes: its files, how it is published, resumed and described. */
@NullMarked
package org.aand.runfolder;

import org.jspecify.annotations.NullMarked;
