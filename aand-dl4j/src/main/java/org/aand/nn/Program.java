package org.aand.nn;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A SameDiff graph of {@link KernelOp}s, prepared for execution.
 *
 * <p>For every set of input shapes a plan is made once: the needed operations in order, their
 * arrays allocated and shared by lifetime, their native calls prepared. Running it allocates
 * nothing. Not thread-safe.
 */
public final class Program implements AutoCloseable {
  private final SameDiff graph;
  private final List<String> outputs;
  private final Binding.Shared shared;
  private final Map<Map<String, List<Long>>, Plan> plans = new HashMap<>();
  private Observer observer = Observer.NONE;

  /**
   * @param graph whose operations are all {@link KernelOp}s; its variables' arrays are read by
   *     reference, so an update in place is seen by the next run
   * @param outputs what to compute
   * @param type element type of every array
   */
  public Program(SameDiff graph, Collection<SDVariable> outputs, DataType type) {
    this.graph = graph;
    this.outputs = outputs.stream().map(SDVariable::name).toList();
    this.shared = new Binding.Shared(type);
  }

  /**
   * Computes the outputs.
   *
   * @param feeds a value for every placeholder that the outputs depend on; copied
   * @return the outputs, valid until the next run or close
   */
  public Outputs run(Map<String, INDArray> feeds) {
    var plan = plan(feeds);
    plan.run(feeds, observer);
    var results = new HashMap<String, INDArray>();
    outputs.forEach(name -> results.put(name, plan.array(name)));
    return new Outputs(results);
  }

  /** Who is called after every operation from now on. */
  public void observe(Observer newObserver) {
    observer = newObserver;
  }

  private Plan plan(Map<String, INDArray> feeds) {
    var shapes = new HashMap<String, List<Long>>();
    feeds.forEach((name, array) -> shapes.put(name, asList(array.shape())));
    return plans.computeIfAbsent(shapes, key -> Plan.prepare(graph, outputs, key, shared));
  }

  /** Bytes of off-heap memory held for activations. */
  public long bytes() {
    return shared.arena().bytes();
  }

  private static List<Long> asList(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  @Override
  public void close() {
    plans.clear();
    shared.close();
  }
}
