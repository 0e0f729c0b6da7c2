package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Scratch;
import org.aand.runtime.kernel.Workers;

/**
 * A function of every location by itself.
 *
 * @param inPlace as in {@link Operation#inPlace}
 */
record RowOperation(String name, List<Value> inputs, Value output, int inPlace, Function function)
    implements Operation {
  /** Values that one task handles: as many as stay in the cache. */
  private static final int CHUNK = 1 << 14;

  /** Computes some locations. */
  @FunctionalInterface
  interface Function {
    /**
     * Computes locations {@code row} to {@code row + rows - 1}.
     *
     * @param in the inputs, whole maps
     * @param to the output, a whole map
     */
    void apply(float[][] in, int row, int rows, float[] to, Scratch scratch);
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    float[][] arrays = new float[in.size()][];
    int chunk = Math.max(1, CHUNK / inputs.get(0).channels());
    int locations = output.locations();
    return images -> {
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = in.get(i).array();
      }
      float[] to = out.array();
      int rows = images * locations;
      workers.run(
          (rows + chunk - 1) / chunk,
          (task, scratch) -> {
            int row = task * chunk;
            function.apply(arrays, row, Math.min(chunk, rows - row), to, scratch);
          });
    };
  }
}
