package org.aand.nn;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A matrix cut into runs of rows that fit into the processor's cache, so that a chain of
 * elementwise operations reads and writes main memory once and not once an operation.
 *
 * @param rows of the matrix
 * @param size rows of a chunk; the last one may have fewer
 */
record RowChunks(long rows, long size) {
  /** Bytes of one array in a chunk; a few of them are in the cache together. */
  private static final long BYTES = 1L << 20;

  /** Chunks for a matrix {@code [R, C]}. */
  static RowChunks of(INDArray matrix) {
    long row = matrix.size(1) * matrix.dataType().width();
    return new RowChunks(matrix.size(0), Math.max(1, Math.min(matrix.size(0), BYTES / row)));
  }

  int count() {
    return Math.toIntExact((rows + size - 1) / size);
  }

  /** Views of the chunks of a matrix with that many rows. */
  List<INDArray> views(INDArray matrix) {
    var views = new ArrayList<INDArray>();
    for (long from = 0; from < rows; from += size) {
      views.add(rows(matrix, from, Math.min(rows, from + size)));
    }
    return views;
  }

  /** Views of one chunk's rows at the beginning of a matrix, as long as each chunk is. */
  List<INDArray> reused(INDArray chunk) {
    var views = new ArrayList<INDArray>();
    for (long from = 0; from < rows; from += size) {
      views.add(rows(chunk, 0, Math.min(rows - from, size)));
    }
    return views;
  }

  /** The first rows of a matrix. */
  static INDArray beginning(INDArray matrix, long count) {
    return rows(matrix, 0, count);
  }

  /** One row of a matrix as {@code [1, C]}. */
  static INDArray row(INDArray matrix, int i) {
    return rows(matrix, i, i + 1L);
  }

  private static INDArray rows(INDArray matrix, long from, long to) {
    return matrix.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }
}
