package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Workers;

/** One step of a recorded network, the same for every plan. */
interface Operation {
  /** What it does, for people who look where time goes. */
  String name();

  /** The values that it reads. */
  List<Value> inputs();

  /** The value that it computes. */
  Value output();

  /** The input whose array may also take the output if nobody reads it afterwards; -1 for none. */
  default int inPlace() {
    return -1;
  }

  /** Whether an input may be packed as products read it, instead of {@code [N, H, W, C]}. */
  default boolean readsPacked(int input) {
    return false;
  }

  /** Whether it can write its output packed as products read it. */
  default boolean writesPacked() {
    return false;
  }

  /** Values of one image that it needs beside its output while it runs. */
  default int temporary() {
    return 0;
  }

  /** Floating point operations of one image, a product and a sum counted as two. */
  default double arithmetic() {
    return 0;
  }

  /**
   * Floating point operations of its products for one image by the method chosen for this JVM;
   * transforms do not count.
   */
  default double performed() {
    return arithmetic();
  }

  /**
   * Prepares it for one plan.
   *
   * @param inputs where the inputs are
   * @param output where the output goes
   * @param temporary of {@link #temporary} values
   */
  Step bind(List<Place> inputs, Place output, Buffer temporary, Workers workers);

  /** A prepared operation. */
  @FunctionalInterface
  interface Step {
    /** Computes the output of a batch. */
    void run(int images);
  }
}
