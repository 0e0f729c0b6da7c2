package org.aand.model;

import java.util.Optional;
import org.aand.network.ParameterSpec;

/** Takes the parameters of a model one after the other, in the table's order. */
@FunctionalInterface
public interface ParameterSink {
  /**
   * Takes a parameter.
   *
   * @param values in row-major order from index 0, finite; of the array that {@link #array} gave,
   *     and the sink's from now on
   */
  void accept(ParameterSpec spec, float[] values);

  /**
   * Takes the parameter that comes next part by part, in place of {@link #accept}, so that it is
   * never in memory as a whole; empty if the sink has to have it as a whole.
   */
  default Optional<Parts> parts(ParameterSpec spec) {
    return Optional.empty();
  }

  /** Takes whole rows of a parameter, as its last dimension has them, in order. */
  @FunctionalInterface
  interface Parts {
    /**
     * Takes some rows.
     *
     * @param row the first one
     * @param values of the rows from index 0, finite; of an array that {@link #array} gave, and the
     *     sink's from now on
     */
    void accept(int row, int rows, float[] values);
  }

  /**
   * Room for values that come next. A sink that keeps no values can hand out the same array again.
   *
   * @return at least so long
   */
  default float[] array(long length) {
    return new float[Math.toIntExact(length)];
  }
}
