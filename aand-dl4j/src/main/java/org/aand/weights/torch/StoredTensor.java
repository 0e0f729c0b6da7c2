package org.aand.weights.torch;

import java.util.List;
import org.aand.weights.pickle.PickleValue;

/**
 * A tensor in a file: a view of a storage, of which every element lies within it.
 *
 * <p>Element {@code [i, j, ...]} is the storage's {@code offset + i * strides[0] + j * strides[1] +
 * ...}.
 */
final class StoredTensor implements PickleValue.Made {
  private static final int MAX_RANK = 8;

  /** Most elements of a tensor, 2^31. */
  private static final long MAX_ELEMENTS = 1L << 31;

  private final Storage storage;
  private final long offset;
  private final List<Long> shape;
  private final List<Long> strides;
  private final long elements;

  private StoredTensor(
      Storage storage, long offset, List<Long> shape, List<Long> strides, long elements) {
    this.storage = storage;
    this.offset = offset;
    this.shape = List.copyOf(shape);
    this.strides = List.copyOf(strides);
    this.elements = elements;
  }

  /**
   * A view.
   *
   * @throws TorchCheckpointException if it reaches beyond the storage, or has an implausible shape
   */
  static StoredTensor of(Storage storage, long offset, List<Long> shape, List<Long> strides)
      throws TorchCheckpointException {
    if (shape.size() > MAX_RANK || strides.size() != shape.size()) {
      throw new TorchCheckpointException("a tensor has more than " + MAX_RANK + " dimensions");
    }
    long elements = elements(shape);
    long last = inRange(offset, storage.length());
    for (int i = 0; i < shape.size(); i++) {
      long stride = inRange(strides.get(i), MAX_ELEMENTS);
      if (elements > 0) {
        last = inRange(last + (shape.get(i) - 1) * stride, storage.length() - 1);
      }
    }
    if (elements > 0 && last >= storage.length()) {
      throw beyond();
    }
    return new StoredTensor(storage, offset, shape, strides, elements);
  }

  /** A tensor that fills its storage row by row. */
  static StoredTensor contiguous(Storage storage, List<Long> shape)
      throws TorchCheckpointException {
    Long[] strides = new Long[shape.size()];
    long stride = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride = Math.min(MAX_ELEMENTS, stride * Math.max(1, shape.get(i)));
    }
    return of(storage, 0, shape, List.of(strides));
  }

  /**
   * The number of elements of a shape.
   *
   * @throws TorchCheckpointException if it is implausible
   */
  static long elements(List<Long> shape) throws TorchCheckpointException {
    long elements = 1;
    for (long size : shape) {
      if (size < 0 || size > MAX_ELEMENTS) {
        throw new TorchCheckpointException("a tensor has the implausible size " + size);
      }
      elements *= size;
      if (elements > MAX_ELEMENTS) {
        throw new TorchCheckpointException("a tensor has the implausible shape " + shape);
      }
    }
    return elements;
  }

  private static long inRange(long value, long most) throws TorchCheckpointException {
    if (value < 0 || value > most) {
      throw beyond();
    }
    return value;
  }

  private static TorchCheckpointException beyond() {
    return new TorchCheckpointException(
        "a tensor reaches beyond the values that are stored for it");
  }

  Storage storage() {
    return storage;
  }

  long offset() {
    return offset;
  }

  List<Long> shape() {
    return shape;
  }

  List<Long> strides() {
    return strides;
  }

  long elements() {
    return elements;
  }
}
