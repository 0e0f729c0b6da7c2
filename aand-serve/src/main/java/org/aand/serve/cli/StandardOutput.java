package org.aand.serve.cli;

import java.io.PrintWriter;
import org.aand.common.InputException;

/** Lines on standard output that are results, not progress. */
record StandardOutput(PrintWriter writer) {
  static final String UNWRITABLE =
      "standard output cannot be written; check the space where it goes, or whether its reader has"
          + " ended";

  /**
   * Writes a line.
   *
   * @throws InputException if it does not arrive
   */
  void println(Object line) {
    writer.println(line);
    if (writer.checkError()) {
      throw new InputException(UNWRITABLE);
    }
  }
}
