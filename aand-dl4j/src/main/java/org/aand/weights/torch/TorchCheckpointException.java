package org.aand.weights.torch;

/**
 * What a checkpoint holds cannot be used. Callers tell it on as an {@code InputException} that
 * names the file.
 */
final class TorchCheckpointException extends Exception {
  private static final long serialVersionUID = 1L;

  TorchCheckpointException(String message) {
    super(message);
  }

  TorchCheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
