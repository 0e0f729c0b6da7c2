package org.aand.runtime.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a convolution by a {@link WinogradScheme}, patch by patch.
 *
 * <p>Patches that are computed together are transformed to {@code planes}: for each plane, blocks
 * of {@link Arithmetic#DEPTH} channels one after the other, in which each patch is a row, {@link
 * Arithmetic#ROW} apart.
 */
final class WinogradPatches {
  /**
   * Between planes and between places, so that the same values of all of them lie in different sets
   * of the cache.
   */
  static final int APART = 16;

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final ElementKernels elements = arithmetic.elements();
  private final WinogradTransform transform;
  private final WinogradScheme scheme;
  private final ConvolutionShape shape;
  private final Activation activation;
  private final float[] bias;
  private final int outputs;
  private final int side;
  private final int across;
  private final int ofImage;

  private float[] x = {};
  private int xOffset;
  private float[] y = {};
  private int yOffset;
  private int yStride;
  private float @Nullable [] residual;
  private int residualOffset;
  private int residualStride;

  /** The patches of one image are counted line by line, those of the next one follow. */
  WinogradPatches(
      WinogradScheme scheme, ConvolutionShape shape, float[] bias, Activation activation) {
    this.scheme = scheme;
    this.shape = shape;
    this.bias = bias;
    this.activation = activation;
    transform = WinogradTransform.of(scheme);
    outputs = scheme.outputs();
    side = scheme.side();
    across = ceil(shape.outWidth());
    ofImage = ceil(shape.outHeight()) * across;
  }

  private int ceil(int pixels) {
    return (pixels + outputs - 1) / outputs;
  }

  /** As of {@link Convolution#run}. */
  void use(
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      int yStride,
      float @Nullable [] residual,
      int residualOffset,
      int residualStride) {
    this.x = x;
    this.xOffset = xOffset;
    this.y = y;
    this.yOffset = yOffset;
    this.yStride = yStride;
    this.residual = residual;
    this.residualOffset = residualOffset;
    this.residualStride = residualStride;
  }

  /** Patches of an image. */
  int ofImage() {
    return ofImage;
  }

  private int planeStride(int count) {
    int blocks = (shape.inChannels() + Arithmetic.DEPTH - 1) / Arithmetic.DEPTH;
    return blocks * count * Arithmetic.ROW + APART;
  }

  /** Values that the planes of so many patches take. */
  int planesSize(int count) {
    int slack = (arithmetic.tileRows() + 2) * Arithmetic.ROW;
    return scheme.planes() * planeStride(count) + slack;
  }

  /** Where a channel of the first of so many patches lies in a plane. */
  int at(int plane, int count, int channel) {
    int block = channel / Arithmetic.DEPTH * count * Arithmetic.ROW;
    return plane * planeStride(count) + block + channel % Arithmetic.DEPTH;
  }

  /** Transforms a patch to a row of the planes of {@code count} patches. */
  void input(int patch, int row, int count, float[] planes, Scratch scratch) {
    int planeStride = planeStride(count);
    int c = shape.inChannels();
    int inImage = patch % ofImage;
    int top = inImage / across * scheme.step() - 1;
    int left = inImage % across * scheme.step() - 1;
    int image = xOffset + patch / ofImage * shape.height() * shape.width() * c;
    float[] from = x;
    int offset = image + (top * shape.width() + left) * c;
    int line = shape.width() * c;
    if (top < 0 || left < 0 || top + side > shape.height() || left + side > shape.width()) {
      from = scratch.floats(Scratch.Use.PATCH, side * side * c);
      padded(image, top, left, from);
      offset = 0;
      line = side * c;
    }
    for (int k = 0; k < c; k += Arithmetic.DEPTH) {
      int depth = Math.min(Arithmetic.DEPTH, c - k);
      int to = at(0, count, k) + row * Arithmetic.ROW;
      transform.input(from, offset + k, line, c, depth, planes, to, planeStride, scratch);
    }
  }

  private void padded(int image, int top, int left, float[] to) {
    int c = shape.inChannels();
    Arrays.fill(to, 0, side * side * c, 0);
    int from = Math.max(left, 0);
    int end = Math.min(left + side, shape.width());
    for (int i = Math.max(-top, 0); i < Math.min(side, shape.height() - top); i++) {
      int line = image + ((top + i) * shape.width() + from) * c;
      System.arraycopy(x, line, to, (i * side + from - left) * c, (end - from) * c);
    }
  }

  /**
   * Transforms the places of a patch back and stores its pixels.
   *
   * @param results some channels of places that are {@code placeStride} apart
   * @param channel the first one
   */
  void output(
      float[] results,
      int offset,
      int placeStride,
      int patch,
      int channel,
      int channels,
      Scratch scratch) {
    float[] pixels = scratch.floats(Scratch.Use.PATCH, outputs * outputs * channels);
    transform.output(results, offset, placeStride, channels, pixels, 0, channels, scratch);
    store(patch, pixels, channel, channels);
  }

  private void store(int patch, float[] from, int channel, int channels) {
    int inImage = patch % ofImage;
    int top = inImage / across * outputs;
    int left = inImage % across * outputs;
    int image = patch / ofImage * shape.outHeight() * shape.outWidth();
    int lines = Math.min(outputs, shape.outHeight() - top);
    int columns = Math.min(outputs, shape.outWidth() - left);
    float floor = activation.floor();
    float[] added = residual;
    for (int i = 0; i < lines; i++) {
      for (int j = 0; j < columns; j++) {
        int pixel = image + (top + i) * shape.outWidth() + left + j;
        int at = (i * outputs + j) * channels;
        int to = yOffset + pixel * yStride + channel;
        if (added == null) {
          elements.addFloor(from, at, bias, channel, floor, y, to, channels);
        } else {
          int ro = residualOffset + pixel * residualStride + channel;
          elements.addFloor(from, at, bias, channel, added, ro, floor, y, to, channels);
        }
        activation.secondPass(y, to, channels);
      }
    }
  }
}
