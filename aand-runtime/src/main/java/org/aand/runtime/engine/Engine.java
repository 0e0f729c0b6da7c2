package org.aand.runtime.engine;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aand.model.ModelDescription;
import org.aand.network.Net;

/**
 * A network with its packed kernels, for images of one size. Immutable; any number of {@link
 * Plan}s, each for one thread at a time, share its kernels.
 *
 * <ul>
 *   <li>images: {@code [N, H, W, 3]}, normalised
 *   <li>outputs: {@code [N, h, w, C]} each
 * </ul>
 */
public final class Engine {
  private final Value input;
  private final List<Value> outputs;
  private final List<Operation> operations;

  private Engine(Value input, List<Value> outputs, List<Operation> operations) {
    this.input = input;
    this.outputs = outputs;
    this.operations = operations;
  }

  /** A description of a network that is the same for every {@link Net}. */
  @FunctionalInterface
  public interface Network {
    /**
     * Adds the network.
     *
     * @return its outputs
     */
    <T> List<T> build(Net<T> net, T images);
  }

  /** Begins to load a model for images of its own size. */
  public static EngineLoader load(ModelDescription model) {
    var size = model.imageSize();
    return load(
        size.height(),
        size.width(),
        new Network() {
          @Override
          public <T> List<T> build(Net<T> net, T images) {
            return model.scoring().build(net, model.teacher(), images);
          }
        });
  }

  /** Begins to load a network for images of so many pixels. */
  public static EngineLoader load(int height, int width, Network network) {
    var net = new EngineNet(height, width);
    var input = net.input("images");
    var outputs = List.copyOf(network.build(net, input));
    var engine = new Engine(input, outputs, needed(net.operations(), outputs));
    return new EngineLoader(engine, net.weights());
  }

  /** The operations that the outputs depend on, in their order. */
  private static List<Operation> needed(List<Operation> all, List<Value> outputs) {
    Map<Value, Operation> producers = new HashMap<>();
    all.forEach(operation -> producers.put(operation.output(), operation));
    // By identity: hash codes of records are linked, slowly, when a model is loaded.
    Set<Operation> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    var open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      var producer = producers.get(open.pop());
      if (producer != null && needed.add(producer)) {
        open.addAll(producer.inputs());
      }
    }
    return all.stream().filter(needed::contains).toList();
  }

  /**
   * A plan that shares this engine's kernels; closed by the caller.
   *
   * @param threads that work on one batch, the caller's included
   */
  public Plan plan(int threads) {
    return new Plan(this, threads);
  }

  /** H of the images. */
  public int height() {
    return input.height();
  }

  /** W of the images. */
  public int width() {
    return input.width();
  }

  /** Floating point operations of one image, a product and a sum counted as two. */
  public double arithmetic() {
    return operations.stream().mapToDouble(Operation::arithmetic).sum();
  }

  /**
   * Floating point operations of one image's products by the methods chosen for this JVM;
   * transforms do not count.
   */
  public double performed() {
    return operations.stream().mapToDouble(Operation::performed).sum();
  }

  Value input() {
    return input;
  }

  List<Value> outputs() {
    return outputs;
  }

  List<Operation> operations() {
    return operations;
  }
}
