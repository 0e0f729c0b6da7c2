package org.aand.serve.sink;

/** The other side does not want a result, and will not want it later either. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what it says, in one line
   */
  public RefusedException(String message) {
    super(message);
  }
}
