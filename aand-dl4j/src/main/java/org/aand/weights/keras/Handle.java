package org.aand.weights.keras;

import java.util.function.LongUnaryOperator;

/** An identifier of the HDF5 library, given back when closed. */
final class Handle implements AutoCloseable {
  private final long id;
  private final LongUnaryOperator closer;

  private Handle(long id, LongUnaryOperator closer) {
    this.id = id;
    this.closer = closer;
  }

  /**
   * Takes over what a function of the library returned.
   *
   * @param what to name in the error
   * @throws Hdf5Exception if the function failed
   */
  static Handle of(long id, LongUnaryOperator closer, String what) throws Hdf5Exception {
    check(id, what);
    return new Handle(id, closer);
  }

  /**
   * The result of a function of the library.
   *
   * @throws Hdf5Exception if it is negative, which is how the library tells a failure
   */
  static long check(long result, String what) throws Hdf5Exception {
    if (result < 0) {
      throw new Hdf5Exception("the HDF5 library failed at " + what);
    }
    return result;
  }

  long id() {
    return id;
  }

  @Override
  public void close() {
    long unused = closer.applyAsLong(id);
  }
}
