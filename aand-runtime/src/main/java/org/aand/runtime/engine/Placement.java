package org.aand.runtime.engine;

import java.util.ArrayList;
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
 */
final class Placement {
  // Packed, fewer leave most of their rows empty.
  private static final int LEAST_PACKED_CHANNELS = 128;

  private final List<Operation> operations;
  private final Set<Value> packed = new HashSet<>();
  private final Map<Value, Integer> lastUses = new HashMap<>();
  private final Map<Value, Span> spans = new HashMap<>();
  private final List<Span> temporaries = new ArrayList<>();
  private final List<Span> all = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();

  /** The operations during which an array is needed, both included, and its size. */
  private static final class Span {
    private final int size;
    private final int first;
    private int last;
    private Buffer buffer = new Buffer(0);

    Span(int size, int first, int last) {
      this.size = size;
      this.first = first;
      this.last = last;
    }

    boolean overlaps(Span other) {
      return first <= other.last && other.first <= last;
    }
  }

  /**
   * Places everything.
   *
   * @param outputs what is needed after the last operation
   */
  Placement(Value input, List<Operation> operations, List<Value> outputs) {
    this.operations = operations;
    choosePacked();
    outputs.forEach(packed::remove);
    for (int i = 0; i < operations.size(); i++) {
      for (var value : operations.get(i).inputs()) {
        lastUses.put(value, i);
      }
    }
    outputs.forEach(output -> lastUses.put(output, operations.size()));
    put(input, 0);
    for (int i = 0; i < operations.size(); i++) {
      place(operations.get(i), i);
    }
    assign();
  }

  /** Packed is what may be: what no operation has to find in another layout. */
  private void choosePacked() {
    if (!ArrayRows.canBePacked()) {
      return;
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
  }

  private int size(Value value) {
    return packed.contains(value)
        ? ArrayRows.packedSize(value.locations(), value.channels())
        : value.size();
  }

  private Span span(int size, int first, int last) {
    var span = new Span(size, first, last);
    all.add(span);
    return span;
  }

  private void put(Value value, int index) {
    spans.put(value, span(size(value), index, lastUse(value, index)));
  }

  /** Of a value that an operation computes; itself if no other one needs it. */
  private int lastUse(Value value, int index) {
    return lastUses.getOrDefault(value, index);
  }

  private void place(Operation operation, int index) {
    temporaries.add(span(operation.temporary(), index, index));
    var output = operation.output();
    if (canBeInPlace(operation, index)) {
      var span = spanOf(operation.inputs().get(operation.inPlace()));
      span.last = lastUse(output, index);
      spans.put(output, span);
    } else {
      put(output, index);
    }
  }

  private boolean canBeInPlace(Operation operation, int index) {
    if (operation.inPlace() < 0) {
      return false;
    }
    var output = operation.output();
    var own = operation.inputs().get(operation.inPlace());
    return lastUse(own, index) == index
        && operation.inputs().stream().filter(own::equals).count() == 1
        && packed.contains(own) == packed.contains(output)
        && size(own) >= size(output);
  }

  private void assign() {
    Map<Buffer, List<Span>> users = new HashMap<>();
    all.sort(Comparator.comparingInt((Span span) -> span.size).reversed());
    for (var span : all) {
      Buffer free = null;
      // They were made from the largest to the smallest.
      for (var buffer : buffers) {
        if (users.getOrDefault(buffer, List.of()).stream().noneMatch(span::overlaps)) {
          free = buffer;
        }
      }
      if (free == null) {
        free = new Buffer(span.size);
        buffers.add(free);
      }
      span.buffer = free;
      users.computeIfAbsent(free, key -> new ArrayList<>()).add(span);
    }
  }

  private Span spanOf(Value value) {
    var span = spans.get(value);
    if (span == null) {
      throw new IllegalStateException("a value is used before it is there");
    }
    return span;
  }

  /** Where a value is. */
  Place place(Value value) {
    return new Place(value, spanOf(value).buffer, packed.contains(value));
  }

  /** What the operation of an index needs beside its output. */
  Buffer temporary(int index) {
    return temporaries.get(index).buffer;
  }

  /** All arrays. */
  List<Buffer> buffers() {
    return List.copyOf(buffers);
  }
}
