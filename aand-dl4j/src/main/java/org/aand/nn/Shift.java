package org.aand.nn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Parts of maps that belong together when one is read with a stride and an offset.
 *
 * <p>Views are made from strides: ND4J's indexing by intervals with a stride goes wrong where few
 * locations are left.
 */
final class Shift {
  private Shift() {}

  /**
   * {@code target[n, y, x, c] = source[n, stride y + dy, stride x + dx, c]} where that is inside
   * the source; elsewhere the target is left alone.
   *
   * @param source {@code [N, H, W, C]}
   * @param target {@code [N, H', W', C]}
   */
  static Runnable copy(INDArray source, int stride, long dy, long dx, INDArray target) {
    var rows = Shared.of(stride, dy, source.size(1), target.size(1));
    var columns = Shared.of(stride, dx, source.size(2), target.size(2));
    if (rows.count == 0 || columns.count == 0) {
      return () -> {};
    }
    var from = view(source, rows.inSource(), columns.inSource());
    var to = view(target, rows.inTarget(), columns.inTarget());
    return () -> to.assign(from);
  }

  /** The locations {@code [n, stride u + py, stride v + px]} of a map that has them. */
  static INDArray phase(INDArray map, int stride, int py, int px) {
    return view(
        map,
        new Range(py, stride, (map.size(1) - 1 - py) / stride + 1),
        new Range(px, stride, (map.size(2) - 1 - px) / stride + 1));
  }

  private static INDArray view(INDArray map, Range rows, Range columns) {
    return Nd4j.create(
        map.data(),
        new long[] {map.size(0), rows.count, columns.count, map.size(3)},
        new long[] {
          map.stride(0), rows.step * map.stride(1), columns.step * map.stride(2), map.stride(3)
        },
        map.offset() + rows.first * map.stride(1) + columns.first * map.stride(2),
        'c');
  }

  /** Indices along one axis. */
  private record Range(long first, long step, long count) {}

  /** Along one axis, the targets {@code from .. from + count} and their sources. */
  private record Shared(int stride, long offset, long from, long count) {
    /** The targets i for which {@code stride i + offset} is inside the source. */
    static Shared of(int stride, long offset, long size, long targets) {
      long from = Math.max(0, -Math.floorDiv(offset, (long) stride));
      long to = Math.min(targets, Math.floorDiv(size - 1 - offset, (long) stride) + 1);
      return new Shared(stride, offset, from, Math.max(0, to - from));
    }

    Range inSource() {
      return new Range(stride * from + offset, stride, count);
    }

    Range inTarget() {
      return new Range(from, 1, count);
    }
  }
}
