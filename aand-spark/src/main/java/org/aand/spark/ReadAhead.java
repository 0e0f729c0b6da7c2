package org.aand.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.aand.common.InputException;
import org.aand.common.concurrent.Prefetcher;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * Detects anomalies in the files that a column of paths names, and adds the result to each row. The
 * files of a batch are read at the same time, since object stores answer slowly but many at once;
 * the images pass the network one after another, on the one core of the task.
 */
final class ReadAhead implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final ImageDetection detection;
  private final int column;
  private final int batchSize;

  /**
   * @param column index of the paths
   * @param batchSize files that are read at the same time, at least 1
   */
  ReadAhead(ImageDetection detection, int column, int batchSize) {
    this.detection = detection;
    this.column = column;
    this.batchSize = batchSize;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private final Queue<Row> ready = new ArrayDeque<>();

      @Override
      public boolean hasNext() {
        return !ready.isEmpty() || rows.hasNext();
      }

      @Override
      public Row next() {
        if (ready.isEmpty()) {
          if (!rows.hasNext()) {
            throw new NoSuchElementException();
          }
          ready.addAll(scored(taken(rows)));
        }
        return ready.remove();
      }
    };
  }

  private List<Row> taken(Iterator<Row> rows) {
    var batch = new ArrayList<Row>();
    while (batch.size() < batchSize && rows.hasNext()) {
      batch.add(rows.next());
    }
    return batch;
  }

  private List<Row> scored(List<Row> batch) {
    var scored = new ArrayList<Row>();
    try (var files =
        Prefetcher.of(batch.size(), i -> read(batch.get(i)), batch.size(), batch.size())) {
      for (var row : batch) {
        scored.add(extended(row, detected(files)));
      }
    }
    return scored;
  }

  private ImageDetection.Encoded read(Row row) {
    if (row.isNullAt(column)) {
      throw new InputException("there is no image: the column is null");
    }
    return detection.read(row.getString(column));
  }

  private Row detected(Prefetcher<ImageDetection.Encoded> files) {
    try {
      return detection.detect(files.next());
    } catch (InputException e) {
      return detection.failed(e);
    }
  }

  private static Row extended(Row row, Row result) {
    var values = new @Nullable Object[row.length() + 1];
    for (int i = 0; i < row.length(); i++) {
      values[i] = row.get(i);
    }
    values[row.length()] = result;
    return RowFactory.create(values);
  }
}
