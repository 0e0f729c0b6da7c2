package org.aand.common;

/**
 * Something a user handed in (a folder, an image, a weights file, a setting) cannot be used.
 *
 * <p>The message is one line that a user reads as it is: what is wrong, where (the file), and what
 * to do about it. The command line prints it without a stack trace.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, where, what to do; one line
   */
  public InputException(String message) {
    super(message);
  }

  /**
   * @param message what is wrong, where, what to do; one line
   * @param cause what was thrown below, kept for {@code --debug}
   */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
