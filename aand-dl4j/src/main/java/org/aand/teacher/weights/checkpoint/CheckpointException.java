package org.aand.teacher.weights.checkpoint;

/**
 * What a checkpoint holds cannot be used. Callers tell it on as an {@code InputException} that
 * names the file.
 */
final class CheckpointException extends Exception {
  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(message);
  }

  CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
