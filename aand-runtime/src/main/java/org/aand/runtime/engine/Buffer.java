package org.aand.runtime.engine;

/** An array that several values use one after the other; it grows with the batch. */
final class Buffer {
  private final int size;
  private float[] array = {};

  Buffer(int size) {
    this.size = size;
  }

  /** Values that it holds for one image. */
  int size() {
    return size;
  }

  void prepare(int images) {
    int length = Math.multiplyExact(size, images);
    if (array.length < length) {
      array = new float[length];
    }
  }

  float[] array() {
    return array;
  }
}
