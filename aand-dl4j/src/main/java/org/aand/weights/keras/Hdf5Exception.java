package org.aand.weights.keras;

/**
 * What an HDF5 file holds cannot be used. Callers tell it on as an {@code InputException} that
 * names the file.
 */
final class Hdf5Exception extends Exception {
  private static final long serialVersionUID = 1L;

  Hdf5Exception(String message) {
    super(message);
  }

  Hdf5Exception(String message, Throwable cause) {
    super(message, cause);
  }
}
