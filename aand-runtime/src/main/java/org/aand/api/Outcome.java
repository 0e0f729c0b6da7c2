package org.aand.api;

import java.nio.file.Path;

/** What became of one file of many: a detection, or why it could not be used. */
public sealed interface Outcome {
  /** The file, as it was named. */
  Path file();

  /**
   * The file was used.
   *
   * @param detection what was found
   */
  record Detected(Path file, Detection detection) implements Outcome {}

  /**
   * The file could not be used.
   *
   * @param reason one line that names the file
   */
  record Failed(Path file, String reason) implements Outcome {}
}
