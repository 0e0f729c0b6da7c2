package org.aand.nn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Called at every operation of a {@link Program} right after it ran. */
@FunctionalInterface
public interface Observer {
  /** Does nothing. */
  Observer NONE = (operation, inputs, outputs) -> {};

  /**
   * An operation has run.
   *
   * @param operation its name, see {@link KernelOp#opName}
   * @param inputs what it read
   * @param outputs what it computed; a change is seen by the operations that follow
   */
  void ran(String operation, List<INDArray> inputs, List<INDArray> outputs);
}
