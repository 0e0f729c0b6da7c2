package org.aand.nn;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tells where the time of a program's runs goes. */
public final class Profile implements Observer {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private long last = System.nanoTime();

  @Override
  public void ran(String operation, List<INDArray> inputs, List<INDArray> outputs) {
    long now = System.nanoTime();
    var what = operation + " " + shapes(inputs) + " -> " + shapes(outputs.subList(0, 1));
    seconds.merge(what, (now - last) / 1e9, Double::sum);
    last = System.nanoTime();
  }

  /** To be called before a run: what came before does not count. */
  public void begin() {
    last = System.nanoTime();
  }

  /**
   * Seconds by operation, shapes of its first two inputs and its first output, in the order of
   * execution; operations that agree in these are added up.
   */
  public Map<String, Double> seconds() {
    return Collections.unmodifiableMap(seconds);
  }

  private static String shapes(List<INDArray> arrays) {
    return arrays.stream()
        .limit(2)
        .map(a -> Arrays.toString(a.shape()))
        .collect(Collectors.joining(" "));
  }
}
