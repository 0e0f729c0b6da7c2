package org.aand.onnx;

/**
 * A value of a graph: for N images {@code [N, C, H, W]}.
 *
 * @param name in the graph
 * @param channels C
 * @param height H
 * @param width W
 */
record Value(String name, int channels, int height, int width) {
  Value {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(name + " of " + channels + "x" + height + "x" + width);
    }
  }

  /** The same shape under another name. */
  Value named(String newName) {
    return new Value(newName, channels, height, width);
  }

  /** Another number of channels under another name. */
  Value named(String newName, int newChannels) {
    return new Value(newName, newChannels, height, width);
  }
}
