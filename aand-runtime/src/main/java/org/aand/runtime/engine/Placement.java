package org.aand.runtime.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aand.runtime.kernel.ArrayRows;

/**
 * Gives the values of a network their layouts and arrays: one array for values that are never
 * needed at the same time. The largest are placed first, each in the smallest array that is free
 * for as long as it is needed. Source: Pisarchyk and Lee, "Efficient Memory Management for Deep
 * Neural Net Inference", greedy by size.
 *
 * <p>Packed is whatever may be, for the sake of time: packed values take more memory, and a sum of
 * two layouts is not made in the place of one.
 */
final class Placement {
  // Packed, fewer leave most of their rows empty.
  private static final int LEAST_PACKED_CHANNELS = 128;
  private static final Buffer NOTHING = new Buffer(0);

  private final Set<Value> packed;
  private final Map<Value, Span> spans = new HashMap<>();
  private final List<Buffer> temporaries = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();

  /** The operations during which an array is needed, both included, and its size. */
  private static final class Span {
    private final int size;
    private final int first;
    private int last;
    private Buffer buffer = NOTHING;

    Span(int size, int first, int last) {
      this.size = size;
      this.first = first;
      this.last = last;
    }
  }

  /**
   * Places everything.
   *
   * @param outputs what is needed after the last operation
   */
  Placement(Value input, List<Operation> operations, List<Value> outputs) {
    packed = packed(operations, outputs);
    Map<Value, Integer> lastUses = new HashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      lastUses.put(operations.get(i).output(), i);
      for (var value : operations.get(i).inputs()) {
        lastUses.put(value, i);
      }
    }
    for (var output : outputs) {
      lastUses.put(output, operations.size());
    }
    List<Span> all = new ArrayList<>();
    add(input, 0, lastUses, all);
    List<Span> beside = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      var operation = operations.get(i);
      beside.add(new Span(operation.temporary(), i, i));
      add(operation, i, lastUses, all);
    }
    all.addAll(beside);
    assign(all);
    for (var span : beside) {
      temporaries.add(span.buffer);
    }
  }

  /** What an operation can write packed and no operation has to find in another layout. */
  private static Set<Value> packed(List<Operation> operations, List<Value> outputs) {
    Set<Value> packed = new HashSet<>();
    if (!ArrayRows.canBePacked()) {
      return packed;
    }
    for (var operation : operations) {
      if (operation.writesPacked() && operation.output().channels() >= LEAST_PACKED_CHANNELS) {
        packed.add(operation.output());
      }
    }
    for (var operation : operations) {
      var inputs = operation.inputs();
      for (int i = 0; i < inputs.size(); i++) {
        if (!operation.readsPacked(i)) {
          packed.remove(inputs.get(i));
        }
      }
    }
    outputs.forEach(packed::remove);
    return packed;
  }

  private int size(Value value) {
    return packed.contains(value)
        ? ArrayRows.packedSize(value.locations(), value.channels())
        : value.size();
  }

  private void add(Value value, int index, Map<Value, Integer> lastUses, List<Span> all) {
    var span = new Span(size(value), index, lastUses.getOrDefault(value, index));
    all.add(span);
    spans.put(value, span);
  }

  private void add(Operation operation, int index, Map<Value, Integer> lastUses, List<Span> all) {
    var output = operation.output();
    if (canBeInPlace(operation, index)) {
      var span = span(operation.inputs().get(operation.inPlace()));
      span.last = lastUses.getOrDefault(output, index);
      spans.put(output, span);
    } else {
      add(output, index, lastUses, all);
    }
  }

  private boolean canBeInPlace(Operation operation, int index) {
    if (operation.inPlace() < 0) {
      return false;
    }
    var output = operation.output();
    var own = operation.inputs().get(operation.inPlace());
    int uses = 0;
    for (var input : operation.inputs()) {
      uses += input.equals(own) ? 1 : 0;
    }
    return span(own).last == index
        && uses == 1
        && packed.contains(own) == packed.contains(output)
        && size(own) >= size(output);
  }

  // Without streams, which are slow to start when a model is loaded.
  private void assign(List<Span> all) {
    all.sort(Comparator.comparingInt((Span span) -> span.size).reversed());
    List<List<Span>> users = new ArrayList<>();
    for (var span : all) {
      if (span.size == 0) {
        continue;
      }
      int free = -1;
      // They were made from the largest to the smallest.
      for (int i = 0; i < buffers.size(); i++) {
        free = overlaps(span, users.get(i)) ? free : i;
      }
      if (free < 0) {
        free = buffers.size();
        buffers.add(new Buffer(span.size));
        users.add(new ArrayList<>());
      }
      span.buffer = buffers.get(free);
      users.get(free).add(span);
    }
  }

  private static boolean overlaps(Span span, List<Span> others) {
    for (var other : others) {
      if (span.first <= other.last && other.first <= span.last) {
        return true;
      }
    }
    return false;
  }

  private Span span(Value value) {
    var span = spans.get(value);
    if (span == null) {
      throw new IllegalStateException("a value is used before it is there");
    }
    return span;
  }

  /** Where a value is. */
  Place placeOf(Value value) {
    return new Place(value, span(value).buffer, packed.contains(value));
  }

  /** What the operation of an index needs beside its output. */
  Buffer temporary(int index) {
    return temporaries.get(index);
  }

  /** All arrays. */
  List<Buffer> buffers() {
    return Collections.unmodifiableList(buffers);
  }
}
