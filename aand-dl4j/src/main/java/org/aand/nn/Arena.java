package org.aand.nn;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Off-heap blocks that are handed out, taken back and handed out again while a plan is prepared.
 *
 * <p>What two operations never need at the same time shares a block. Closed by its opener.
 */
final class Arena implements AutoCloseable {
  /** A free block serves a request if it is at most this much larger. */
  private static final double WASTE = 1.25;

  private final DataType type;
  private final List<INDArray> blocks = new ArrayList<>();
  private final List<INDArray> free = new ArrayList<>();
  private final IdentityHashMap<INDArray, INDArray> blockOf = new IdentityHashMap<>();

  Arena(DataType type) {
    this.type = type;
  }

  /** An array of that shape with undefined content. */
  INDArray take(long... shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    if (length == 0) {
      throw new IllegalArgumentException("an array without elements");
    }
    INDArray best = null;
    for (var block : free) {
      if (block.length() >= length
          && block.length() <= length * WASTE + 64
          && (best == null || block.length() < best.length())) {
        best = block;
      }
    }
    if (best == null) {
      best = Nd4j.createUninitializedDetached(type, length);
      blocks.add(best);
    } else {
      free.remove(indexOf(best));
    }
    var exact = best.length() == length ? best : best.get(NDArrayIndex.interval(0, length));
    var array = exact.reshape('c', shape);
    blockOf.put(array, best);
    return array;
  }

  /** Takes back what {@link #take} gave; its content may be overwritten from now on. */
  void giveBack(INDArray array) {
    var block = blockOf.remove(array);
    if (block == null) {
      throw new IllegalStateException("not of this arena, or given back twice");
    }
    free.add(block);
  }

  /** Takes everything back; for the next plan over the same blocks. */
  void reset() {
    blockOf.clear();
    free.clear();
    free.addAll(blocks);
  }

  /** Bytes held. */
  long bytes() {
    return blocks.stream().mapToLong(b -> b.length() * type.width()).sum();
  }

  private int indexOf(INDArray block) {
    for (int i = 0; i < free.size(); i++) {
      if (free.get(i) == block) {
        return i;
      }
    }
    throw new IllegalStateException("block is not free");
  }

  @Override
  public void close() {
    blockOf.clear();
    free.clear();
    for (var block : blocks) {
      block.close();
    }
    blocks.clear();
  }
}
