package org.aand.report;

import static java.util.Objects.requireNonNull;

/**
 * A file that was left out of the run because it could not be used.
 *
 * @param file the file, relative to the category's folder
 * @param reason why, in one line
 */
public record SkippedFile(String file, String reason) {
  /**
   * @throws NullPointerException if either is missing
   */
  public SkippedFile {
    requireNonNull(file, "skipped.file");
    requireNonNull(reason, "skipped.reason");
  }
}
