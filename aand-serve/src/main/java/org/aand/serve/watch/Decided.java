package org.aand.serve.watch;

import org.aand.serve.sink.ResultRecord;

/**
 * A result and the file that it is of.
 *
 * @param stamp of the file when it was read
 * @param result decided on, or why the file cannot be used
 */
record Decided(FileStamp stamp, ResultRecord result) {}
