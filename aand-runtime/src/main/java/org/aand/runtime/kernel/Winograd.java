package org.aand.runtime.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A 3x3 convolution with padding 1 by a {@link WinogradScheme}: patches are transformed, a small
 * product for each of their places takes the place of one large one, and m^2 pixels come back.
 *
 * <p>A task does all three steps for some patches and some output channels, so that what lies
 * between them stays in the cache.
 */
final class Winograd {
  private static final int MAX_PATCHES = 32;
  private static final int COLUMNS = 128;
  private static final int TASKS_PER_THREAD = 2;

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final ElementKernels elements = arithmetic.elements();
  private final WinogradTransform transform;
  private final WinogradKernel kernel;
  private final ConvolutionShape shape;
  private final Activation activation;
  private final WinogradScheme scheme;
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
    scheme = kernel.scheme();
    outputs = scheme.outputs();
    side = scheme.side();
    transform = WinogradTransform.of(scheme);
    across = ceil(shape.outWidth(), outputs);
    patchesOfImage = ceil(shape.outHeight(), outputs) * across;
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
    int planeStride = blocks * count * Arithmetic.ROW;
    int slack = (arithmetic.tileRows() + 2) * Arithmetic.ROW;
    float[] planes = scratch.floats(Scratch.Use.TRANSFORMED, scheme.planes() * planeStride + slack);
    for (int i = 0; i < count; i++) {
      input(first + i, planes, i * Arithmetic.ROW, count * Arithmetic.ROW, planeStride, scratch);
    }
    int pixels = scheme.places() * count * channels;
    float[] results = scratch.floats(Scratch.Use.RESULT, pixels + outputs * outputs * channels);
    multiply(planes, planeStride, count, panel, endPanel, channels, results, scratch);
    for (int i = 0; i < count; i++) {
      transform.output(
          results, i * channels, count * channels, channels, results, pixels, channels, scratch);
      store(first + i, results, pixels, channel, channels);
    }
  }

  private void input(
      int patch, float[] planes, int at, int blockStride, int planeStride, Scratch scratch) {
    int c = shape.inChannels();
    int inImage = patch % patchesOfImage;
    int top = inImage / across * scheme.step() - 1;
    int left = inImage % across * scheme.step() - 1;
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

  private void multiply(
      float[] planes,
      int planeStride,
      int count,
      int panel,
      int endPanel,
      int channels,
      float[] results,
      Scratch scratch) {
    int in = shape.inChannels();
    Block block = scratch.block();
    block.a = planes;
    block.rows = count;
    block.panel = panel;
    block.endPanel = endPanel;
    block.floor = Float.NEGATIVE_INFINITY;
    block.c = results;
    block.cStride = channels;
    for (int p = 0; p < scheme.places(); p++) {
      block.b = kernel.places()[p];
      block.bias = block.b.zeros();
      block.cOffset = p * count * channels;
      block.aOffset = scheme.firstPlane(p) * planeStride;
      for (int plane = 0; plane < scheme.planesOf(p); plane++) {
        for (int k = 0; k < in; k += Arithmetic.DEPTH) {
          boolean begin = plane + k == 0;
          block.k = plane * in + k;
          block.depth = Math.min(Arithmetic.DEPTH, in - k);
          block.init = begin ? block.b.zeros() : results;
          block.initOffset = begin ? 0 : block.cOffset;
          block.initStride = begin ? 0 : channels;
          arithmetic.multiply(block, scratch);
          block.aOffset += count * Arithmetic.ROW;
        }
      }
    }
  }

  private void store(int patch, float[] from, int pixels, int channel, int channels) {
    int inImage = patch % patchesOfImage;
    int top = inImage / across * outputs;
    int left = inImage % across * outputs;
    int image = patch / patchesOfImage * shape.outHeight() * shape.outWidth();
    int lines = Math.min(outputs, shape.outHeight() - top);
    int columns = Math.min(outputs, shape.outWidth() - left);
    float[] bias = kernel.bias();
    float floor = activation.floor();
    float[] added = residual;
    for (int i = 0; i < lines; i++) {
      for (int j = 0; j < columns; j++) {
        int pixel = image + (top + i) * shape.outWidth() + left + j;
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
