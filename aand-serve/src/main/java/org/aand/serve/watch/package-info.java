/**
 * A folder that is watched for images. Start at {@link org.aand.serve.watch.FolderWatch}: a listing
 * finds files, {@code Arrivals} says which are complete, {@code Inspection} decides on them one a
 * core, {@code Handover} brings the results to the journal, the sinks and the file to its folder.
 */
@NullMarked
package org.aand.serve.watch;

import org.jspecify.annotations.NullMarked;
