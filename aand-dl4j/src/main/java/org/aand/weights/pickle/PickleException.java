package org.aand.weights.pickle;

/** What a pickle holds cannot be used. The message is one line; it does not name the file. */
public final class PickleException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong
   */
  public PickleException(String message) {
    super(message);
  }
}
