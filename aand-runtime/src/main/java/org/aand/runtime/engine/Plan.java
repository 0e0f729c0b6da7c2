package org.aand.runtime.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aand.runtime.kernel.ArrayRows;
import org.aand.runtime.kernel.Workers;

/**
 * An engine's operations over arrays of their own and with threads of their own. For one calling
 * thread at a time; closed by its opener.
 */
public final class Plan implements AutoCloseable {
  // Packed, fewer leave most of their rows empty.
  private static final int LEAST_PACKED_CHANNELS = 128;

  private final Engine engine;
  private final Workers workers;
  private final List<Prepared> steps = new ArrayList<>();
  private final Map<Value, Place> places = new HashMap<>();
  private final Set<Buffer> buffers = new LinkedHashSet<>();

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
    new Placement().place();
  }

  /** Gives values their arrays: one array for values that are never needed at the same time. */
  private final class Placement {
    private final Map<Value, Integer> uses = new HashMap<>();
    private final Set<Value> packed = new HashSet<>();
    private final List<Buffer> free = new ArrayList<>();

    void place() {
      for (var operation : engine.operations()) {
        operation.inputs().forEach(input -> uses.merge(input, 1, Integer::sum));
      }
      engine.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
      choosePacked();
      put(engine.input(), take(engine.input().size()));
      engine.operations().forEach(this::place);
    }

    /** Packed is what may be: what nobody has to find in another layout. */
    private void choosePacked() {
      if (!ArrayRows.canBePacked()) {
        return;
      }
      for (var operation : engine.operations()) {
        if (operation.writesPacked() && operation.output().channels() >= LEAST_PACKED_CHANNELS) {
          packed.add(operation.output());
        }
      }
      for (var operation : engine.operations()) {
        var inputs = operation.inputs();
        for (int i = 0; i < inputs.size(); i++) {
          if (!operation.readsPacked(i)) {
            packed.remove(inputs.get(i));
          }
        }
      }
      engine.outputs().forEach(packed::remove);
    }

    private Place put(Value value, Buffer buffer) {
      var place = new Place(value, buffer, packed.contains(value));
      places.put(value, place);
      return place;
    }

    private void place(Operation operation) {
      var inputs = operation.inputs().stream().map(Plan.this::place).toList();
      var output = operation.output();
      int size = Place.size(output, packed.contains(output));
      var own = operation.inPlace() < 0 ? null : inputs.get(operation.inPlace());
      boolean inPlace =
          own != null
              && uses.getOrDefault(own.value(), 0) == 1
              && own.packed() == packed.contains(output)
              && own.buffer().size() >= size;
      var place = put(output, inPlace && own != null ? own.buffer() : take(size));
      var temporary = take(operation.temporary());
      var step = operation.bind(inputs, place, temporary, workers);
      steps.add(new Prepared(operation, step));
      free.add(temporary);
      for (var input : inputs) {
        if (uses.merge(input.value(), -1, Integer::sum) == 0
            && !(inPlace && input.value().equals(own.value()))) {
          free.add(input.buffer());
        }
      }
    }

    /** The smallest free array that is large enough, else the largest, made larger. */
    private Buffer take(int size) {
      Buffer best = null;
      for (var buffer : free) {
        boolean fits = buffer.size() >= size;
        if (best == null
            || (fits && (best.size() < size || buffer.size() < best.size()))
            || (!fits && best.size() < size && buffer.size() > best.size())) {
          best = buffer;
        }
      }
      if (best == null) {
        best = new Buffer(size);
        buffers.add(best);
      }
      free.remove(best);
      best.widen(size);
      return best;
    }
  }

  private Place place(Value value) {
    var place = places.get(value);
    if (place == null) {
      throw new IllegalStateException("a value is used before it is there");
    }
    return place;
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
    buffers.forEach(buffer -> buffer.prepare(count));
    float[] batch = place(engine.input()).array();
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
        System.arraycopy(place(output).array(), n * level.length, level, 0, level.length);
        levels.add(level);
      }
      results.add(levels);
    }
    return results;
  }

  /** Values of all arrays for one image. */
  public long arrayValues() {
    return buffers.stream().mapToLong(Buffer::size).sum();
  }

  @Override
  public void close() {
    workers.close();
  }
}
