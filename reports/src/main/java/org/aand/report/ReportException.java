package org.aand.report;

/**
 * A result file cannot be read or a report cannot be written.
 *
 * <p>The message is one line that a user reads as it is: what is wrong, where (the file), and what
 * to do about it.
 */
public final class ReportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, what to do; one line
   */
  public ReportException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, what to do; one line
   * @param cause what was thrown below
   */
  public ReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
