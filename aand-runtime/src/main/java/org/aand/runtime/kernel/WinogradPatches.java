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

  private ArrayRows x = ArrayRows.NONE;
  private ArrayRows y = ArrayRows.NONE;
  private @Nullable ArrayRows residual;

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
    across = scheme.across(shape);
    ofImage = scheme.patches(shape);
  }

  /** As of {@link Convolution#run}. */
  void use(ArrayRows x, ArrayRows y, @Nullable ArrayRows residual) {
    this.x = x;
    this.y = y;
    this.residual = residual;
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
    return scheme.planes() * planeStride(count) + Arithmetic.BEYOND * Arithmetic.ROW;
  }

  /** Where a channel of the first of so many patches lies in a plane. */
  int at(int plane, int count, int channel) {
    return plane * planeStride(count) + ArrayRows.inRow(channel, count * Arithmetic.ROW);
  }

  /** Transforms a patch to a row of the planes of {@code count} patches. */
  void input(int patch, int row, int count, float[] planes, Scratch scratch) {
    int planeStride = planeStride(count);
    int inImage = patch % ofImage;
    int top = inImage / across * scheme.step() - 1;
    int left = inImage % across * scheme.step() - 1;
    int image = patch / ofImage * shape.height() * shape.width();
    boolean inside =
        top >= 0 && left >= 0 && top + side <= shape.height() && left + side <= shape.width();
    for (int k = 0; k < shape.inChannels(); k += Arithmetic.DEPTH) {
      int depth = Math.min(Arithmetic.DEPTH, shape.inChannels() - k);
      int to = at(0, count, k) + row * Arithmetic.ROW;
      if (inside) {
        int from = x.at(image + top * shape.width() + left, k);
        int line = shape.width() * x.stride();
        transform.input(
            x.values(), from, line, x.stride(), depth, planes, to, planeStride, scratch);
      } else {
        float[] patchPixels = scratch.floats(Scratch.Use.PATCH, side * side * depth);
        padded(image, top, left, k, depth, patchPixels);
        transform.input(
            patchPixels, 0, side * depth, depth, depth, planes, to, planeStride, scratch);
      }
    }
  }

  private void padded(int image, int top, int left, int k, int depth, float[] to) {
    Arrays.fill(to, 0, side * side * depth, 0);
    int first = Math.max(-left, 0);
    int end = Math.min(side, shape.width() - left);
    for (int i = Math.max(-top, 0); i < Math.min(side, shape.height() - top); i++) {
      for (int j = first; j < end; j++) {
        int from = x.at(image + (top + i) * shape.width() + left + j, k);
        System.arraycopy(x.values(), from, to, (i * side + j) * depth, depth);
      }
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
    int end = channel + channels;
    for (int first = channel; first < end; ) {
      int count = y.together(first, end);
      if (residual != null) {
        count = Math.min(count, residual.together(first, end));
      }
      store(patch, pixels, first - channel, channels, first, count);
      first += count;
    }
  }

  /** Some channels of a patch's pixels, which lie together in y and in the residual. */
  private void store(int patch, float[] from, int offset, int stride, int channel, int channels) {
    int inImage = patch % ofImage;
    int top = inImage / across * outputs;
    int left = inImage % across * outputs;
    int image = patch / ofImage * shape.outHeight() * shape.outWidth();
    int lines = Math.min(outputs, shape.outHeight() - top);
    int columns = Math.min(outputs, shape.outWidth() - left);
    float floor = activation.floor();
    ArrayRows added = residual;
    for (int i = 0; i < lines; i++) {
      for (int j = 0; j < columns; j++) {
        int pixel = image + (top + i) * shape.outWidth() + left + j;
        int at = offset + (i * outputs + j) * stride;
        float[] to = y.values();
        int yo = y.at(pixel, channel);
        if (added == null) {
          elements.addFloor(from, at, bias, channel, floor, to, yo, channels);
        } else {
          int ro = added.at(pixel, channel);
          elements.addFloor(from, at, bias, channel, added.values(), ro, floor, to, yo, channels);
        }
        activation.secondPass(to, yo, channels);
      }
    }
  }
}
