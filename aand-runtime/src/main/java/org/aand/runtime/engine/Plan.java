package org.aand.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import org.aand.runtime.kernel.Workers;

/**
 * An engine's operations over arrays of their own and with threads of their own. For one calling
 * thread at a time; closed by its opener.
 */
public final class Plan implements AutoCloseable {
  private final Engine engine;
  private final Workers workers;
  private final List<Prepared> steps = new ArrayList<>();
  private final Placement placement;

  private record Prepared(Operation operation, Operation.Step step) {}

  /** Receives the time that every operation took. */
  @FunctionalInterface
  public interface Observer {
    /** Receives nothing, and no names are made for it. */
    Observer NONE = (name, arithmetic, nanos) -> {};

    /**
     * An operation has run.
     *
     * @param name what it does
     * @param arithmetic floating point operations of the batch
     * @param nanos that it took
     */
    void ran(String name, double arithmetic, long nanos);
  }

  Plan(Engine engine, int threads) {
    this.engine = engine;
    workers = new Workers(threads);
    var operations = engine.operations();
    placement = new Placement(engine.input(), operations, engine.outputs());
    for (int i = 0; i < operations.size(); i++) {
      var operation = operations.get(i);
      var inputs = operation.inputs().stream().map(placement::placeOf).toList();
      var output = placement.placeOf(operation.output());
      var step = operation.bind(inputs, output, placement.temporary(i), workers);
      steps.add(new Prepared(operation, step));
    }
  }

  /**
   * Runs the network.
   *
   * @param images {@code [H, W, 3]} each, normalised
   * @return for each image its part of every output, {@code [h, w, C]}, in row-major order
   * @throws IllegalArgumentException if an image has another size
   */
  public List<List<float[]>> run(List<float[]> images) {
    return run(images, Observer.NONE);
  }

  /** Runs the network and reports what every operation took. */
  public List<List<float[]>> run(List<float[]> images, Observer observer) {
    int count = images.size();
    placement.buffers().forEach(buffer -> buffer.prepare(count));
    float[] batch = placement.placeOf(engine.input()).array();
    int length = engine.input().size();
    for (int n = 0; n < count; n++) {
      if (images.get(n).length != length) {
        throw new IllegalArgumentException(
            images.get(n).length
                + " values for an image of "
                + engine.width()
                + "x"
                + engine.height());
      }
      System.arraycopy(images.get(n), 0, batch, n * length, length);
    }
    for (var prepared : steps) {
      long start = System.nanoTime();
      prepared.step.run(count);
      if (observer != Observer.NONE) {
        long nanos = System.nanoTime() - start;
        var operation = prepared.operation;
        observer.ran(operation.name(), count * operation.arithmetic(), nanos);
      }
    }
    return results(count);
  }

  private List<List<float[]>> results(int count) {
    var results = new ArrayList<List<float[]>>();
    for (int n = 0; n < count; n++) {
      var levels = new ArrayList<float[]>();
      for (var output : engine.outputs()) {
        float[] level = new float[output.size()];
        System.arraycopy(
            placement.placeOf(output).array(), n * level.length, level, 0, level.length);
        levels.add(level);
      }
      results.add(levels);
    }
    return results;
  }

  @Override
  public void close() {
    workers.close();
  }
}
