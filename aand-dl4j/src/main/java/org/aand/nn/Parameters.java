package org.aand.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.common.random.RandomStreams;
import org.aand.network.ParameterSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The values of a network's parameters by name, in the table's order. Off-heap; closed by its
 * opener.
 */
public final class Parameters implements AutoCloseable {
  private final Map<String, INDArray> arrays = new LinkedHashMap<>();

  /**
   * Draws every parameter from a stream of its own name, so that a layer's start does not depend on
   * which other layers there are.
   */
  public static Parameters initialise(
      List<ParameterSpec> table, DataType type, RandomStreams streams) {
    var parameters = new Parameters();
    for (var spec : table) {
      parameters.put(spec.name(), draw(spec, streams), type, spec.dimensions());
    }
    return parameters;
  }

  /** Draws one parameter from the stream of its name; its values in row-major order. */
  public static float[] draw(ParameterSpec spec, RandomStreams streams) {
    var random = streams.stream("initialise " + spec.name());
    float[] values = new float[Math.toIntExact(spec.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) spec.initializer().draw(random, i);
    }
    return values;
  }

  /** Adds a parameter with these values in row-major order. */
  public void put(String name, float[] values, DataType type, long... shape) {
    var single = HostValues.array(values, shape);
    if (type == DataType.FLOAT) {
      put(name, single);
      return;
    }
    try (single) {
      put(name, single.castTo(type));
    }
  }

  /** Adds a parameter; takes over the array. */
  public void put(String name, INDArray array) {
    if (arrays.putIfAbsent(name, array) != null) {
      throw new IllegalArgumentException("parameter " + name + " twice");
    }
  }

  /**
   * The array of a parameter, to read or to update in place.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public INDArray get(String name) {
    var array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return array;
  }

  /**
   * Hands a parameter over: it is no longer in the table, and the caller closes it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  INDArray take(String name) {
    var array = get(name);
    arrays.remove(name);
    return array;
  }

  /**
   * Gives a parameter other values, in the array that it has.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public void set(String name, float[] values) {
    var array = get(name);
    try (var copy = HostValues.array(values, array.shape())) {
      array.assign(copy);
    }
  }

  /** Adds a parameter with these values in row-major order, in the place of one of that name. */
  public void replace(String name, float[] values, long... shape) {
    if (has(name)) {
      take(name).close();
    }
    put(name, HostValues.array(values, shape));
  }

  /** Whether there is a parameter of that name. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** All parameters in order. */
  public Map<String, INDArray> all() {
    return Collections.unmodifiableMap(arrays);
  }

  /** Number of values in all. */
  public long count() {
    return arrays.values().stream().mapToLong(INDArray::length).sum();
  }

  @Override
  public void close() {
    arrays.values().stream().filter(a -> !a.wasClosed()).forEach(INDArray::close);
    arrays.clear();
  }
}
