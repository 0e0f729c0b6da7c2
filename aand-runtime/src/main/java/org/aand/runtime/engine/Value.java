package org.aand.runtime.engine;

import org.jspecify.annotations.Nullable;

/**
 * A value in a recorded network: for N images {@code [N, H, W, C]}.
 *
 * @param index counts the values of a network
 * @param height H
 * @param width W
 * @param channels C
 */
record Value(int index, int height, int width, int channels) {
  /** Locations of one image: H W. */
  int locations() {
    return height * width;
  }

  /** Values of one image: H W C. */
  int size() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  boolean sameShape(Value other) {
    return height == other.height && width == other.width && channels == other.channels;
  }

  // By hand, as those that a record comes with are linked, slowly, when a model is loaded.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Value value && value.index == index && sameShape(value);
  }

  @Override
  public int hashCode() {
    return index;
  }

  /** The shape of one image, for people. */
  String shape() {
    return height + "x" + width + "x" + channels;
  }
}
