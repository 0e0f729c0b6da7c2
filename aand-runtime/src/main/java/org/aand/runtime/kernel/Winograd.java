package org.aand.runtime.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A 3x3 convolution with stride 1 and padding 1 as F(m x m, 3 x 3): patches of (m + 2)^2 pixels are
 * transformed, (m + 2)^2 small products take the place of one large one, and m^2 pixels come back.
 * Needs (m + 2)^2 / (9 m^2) of the plain multiplications: 0.44 for m = 2, 0.25 for m = 4.
 *
 * <p>A task does all three steps for some patches and some output channels, so that what lies
 * between them stays in the cache.
 */
final class Winograd {
  private static final int MAX_PATCHES = 48;
  private static final int COLUMNS = 128;
  private static final int TASKS_PER_THREAD = 2;

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final ElementKernels elements = arithmetic.elements();
  private final WinogradTransform transform;
  private final WinogradKernel kernel;
  private final ConvolutionShape shape;
  private final Activation activation;
  private final int outputs;
  private final int side;
  private final int across;
  private final int patchesOfImage;
  private final Workers.Task task = this::part;

  private int patches;
  private int patchesPerTask;
  private int chunks;
  private int panelsPerChunk;
  private float[] x = {};
  private int xOffset;
  private float[] y = {};
  private int yOffset;
  private int yStride;
  private float @Nullable [] residual;
  private int residualOffset;
  private int residualStride;

  Winograd(WinogradKernel kernel, ConvolutionShape shape, Activation activation) {
    this.kernel = kernel;
    this.shape = shape;
    this.activation = activation;
    outputs = kernel.outputs();
    side = outputs + 2;
    transform = arithmetic.transform(outputs);
    across = ceil(shape.width(), outputs);
    patchesOfImage = ceil(shape.height(), outputs) * across;
  }

  private static int ceil(int x, int y) {
    return (x + y - 1) / y;
  }

  void run(
      Workers workers,
      int images,
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
    patches = images * patchesOfImage;
    int wanted = workers.threads() == 1 ? 1 : TASKS_PER_THREAD * workers.threads();
    int panels = ceil(shape.outChannels(), arithmetic.panelWidth());
    int blocks = ceil(patches, MAX_PATCHES);
    int most = ceil(shape.outChannels(), Math.max(COLUMNS, arithmetic.panelWidth()));
    panelsPerChunk = ceil(panels, Math.min(most, Math.max(1, ceil(wanted, blocks))));
    chunks = ceil(panels, panelsPerChunk);
    int tile = arithmetic.tileRows();
    if (blocks * chunks < wanted) {
      blocks = Math.min(ceil(wanted, chunks), ceil(patches, 2 * tile));
    }
    patchesPerTask = ceil(ceil(patches, blocks), tile) * tile;
    workers.run(ceil(patches, patchesPerTask) * chunks, task);
  }

  private void part(int index, Scratch scratch) {
    int first = index / chunks * patchesPerTask;
    int count = Math.min(patchesPerTask, patches - first);
    int width = arithmetic.panelWidth();
    int panel = index % chunks * panelsPerChunk;
    int endPanel = Math.min(panel + panelsPerChunk, ceil(shape.outChannels(), width));
    int channel = panel * width;
    int channels = Math.min(endPanel * width, shape.outChannels()) - channel;

    int blocks = ceil(shape.inChannels(), Arithmetic.DEPTH);
    int placeStride = blocks * count * Arithmetic.ROW;
    int slack = (arithmetic.tileRows() + 2) * Arithmetic.ROW;
    float[] places = scratch.floats(Scratch.Use.TRANSFORMED, side * side * placeStride + slack);
    for (int i = 0; i < count; i++) {
      input(first + i, places, i * Arithmetic.ROW, count * Arithmetic.ROW, placeStride, scratch);
    }
    float[] results =
        scratch.floats(Scratch.Use.RESULT, (side * side * count + outputs * outputs) * channels);
    multiply(places, placeStride, count, panel, endPanel, channels, results, scratch);
    for (int i = 0; i < count; i++) {
      int pixels = side * side * count * channels;
      transform.output(
          results, i * channels, count * channels, channels, results, pixels, channels, scratch);
      store(first + i, results, pixels, channel, channels);
    }
  }

  private void input(
      int patch, float[] places, int at, int blockStride, int placeStride, Scratch scratch) {
    int c = shape.inChannels();
    int inImage = patch % patchesOfImage;
    int top = inImage / across * outputs - 1;
    int left = inImage % across * outputs - 1;
    int image = xOffset + patch / patchesOfImage * shape.height() * shape.width() * c;
    float[] from = x;
    int offset = image + (top * shape.width() + left) * c;
    int line = shape.width() * c;
    if (top < 0 || left < 0 || top + side > shape.height() || left + side > shape.width()) {
      from = scratch.floats(Scratch.Use.PATCH, side * side * c);
      padded(image, top, left, from);
      offset = 0;
      line = side * c;
    }
    for (int k = 0, to = at; k < c; k += Arithmetic.DEPTH, to += blockStride) {
      int depth = Math.min(Arithmetic.DEPTH, c - k);
      transform.input(from, offset + k, line, c, depth, places, to, placeStride, scratch);
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

  private void multiply(
      float[] places,
      int placeStride,
      int count,
      int panel,
      int endPanel,
      int channels,
      float[] results,
      Scratch scratch) {
    Block block = scratch.block();
    block.a = places;
    block.rows = count;
    block.panel = panel;
    block.endPanel = endPanel;
    block.floor = Float.NEGATIVE_INFINITY;
    block.c = results;
    block.cStride = channels;
    for (int p = 0; p < side * side; p++) {
      block.b = kernel.places()[p];
      block.bias = block.b.zeros();
      block.cOffset = p * count * channels;
      block.aOffset = p * placeStride;
      for (int k = 0; k < shape.inChannels(); k += Arithmetic.DEPTH) {
        block.k = k;
        block.depth = Math.min(Arithmetic.DEPTH, shape.inChannels() - k);
        block.init = k == 0 ? block.b.zeros() : results;
        block.initOffset = k == 0 ? 0 : block.cOffset;
        block.initStride = k == 0 ? 0 : channels;
        arithmetic.multiply(block, scratch);
        block.aOffset += count * Arithmetic.ROW;
      }
    }
  }

  private void store(int patch, float[] from, int pixels, int channel, int channels) {
    int inImage = patch % patchesOfImage;
    int top = inImage / across * outputs;
    int left = inImage % across * outputs;
    int image = patch / patchesOfImage * shape.height() * shape.width();
    int lines = Math.min(outputs, shape.height() - top);
    int columns = Math.min(outputs, shape.width() - left);
    float[] bias = kernel.bias();
    float floor = activation.floor();
    float[] added = residual;
    for (int i = 0; i < lines; i++) {
      for (int j = 0; j < columns; j++) {
        int pixel = image + (top + i) * shape.width() + left + j;
        int at = pixels + (i * outputs + j) * channels;
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
