package org.aand.nn;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a run of a {@link Program} computed; the arrays belong to the program and are valid until
 * its next run.
 */
public final class Outputs {
  private final Map<String, INDArray> arrays;

  Outputs(Map<String, INDArray> arrays) {
    this.arrays = arrays;
  }

  /** The value of a variable that the program was asked for. */
  public INDArray get(SDVariable variable) {
    var array = arrays.get(variable.name());
    if (array == null) {
      throw new IllegalArgumentException(variable.name() + " is not an output of this program");
    }
    return array;
  }

  /** The value of a scalar output. */
  public double scalar(SDVariable variable) {
    return get(variable).getDouble(0);
  }
}
