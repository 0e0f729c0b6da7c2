package org.aand.common.image;

/** Pixels of a kind that is not read; the message completes "X has". */
final class UnsupportedPixelsException extends Exception {
  private static final long serialVersionUID = 1L;

  UnsupportedPixelsException(String message) {
    super(message);
  }
}
