package org.aand.runtime.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A 3x3 convolution with padding 1 by a {@link WinogradScheme}: patches are transformed, a small
 * product for each of their places takes the place of one large one, and m^2 pixels come back.
 *
 * <p>Where the kernel is small, a task does all three steps for some patches and some output
 * channels, so that what lies between them stays in the cache. Where it is large, all threads do
 * one step after the other for many patches, so that the kernel is read once for all of them.
 */
final class Winograd {
  private static final int MAX_PATCHES = 32;
  private static final int MAX_PATCHES_IN_STEPS = 128;
  private static final int COLUMNS = 128;
  private static final int TASKS_PER_THREAD = 2;
  private static final int TASKS_OF_STEP_PER_THREAD = 4;
  // Reading a value of the kernel again costs so much less than moving one from step to step.
  private static final int KERNEL_VALUES_WORTH_A_MOVE = 2;
  // Between planes and between places, so that the same values of all of them lie in different sets
  // of the cache.
  private static final int APART = 16;
  private static final float[] NOTHING = {};

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
  private final Workers.Task inputStep = this::inputs;
  private final Workers.Task productStep = this::products;
  private final Workers.Task outputStep = this::outputs;

  private int patches;
  private int patchesPerTask;
  private int chunks;
  private int panelsPerChunk;
  private int firstPatch;
  private int patchesOfStep;
  private float[] planesOfStep = NOTHING;
  private float[] resultsOfStep = NOTHING;
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
    if (stepsPay(scheme, shape, patches)) {
      inSteps(workers);
    } else {
      inParts(workers);
    }
  }

  /** Whether reading the kernel once saves more than moving values from step to step costs. */
  static boolean stepsPay(WinogradScheme scheme, ConvolutionShape shape, int patches) {
    long kernel = (long) scheme.planes() * shape.inChannels() * shape.outChannels();
    long readAgain = ceil(patches, MAX_PATCHES) - ceil(patches, MAX_PATCHES_IN_STEPS);
    int ofPatch = scheme.planes() * shape.inChannels() + scheme.places() * shape.outChannels();
    return readAgain * kernel >= (long) KERNEL_VALUES_WORTH_A_MOVE * patches * ofPatch;
  }

  private void inParts(Workers workers) {
    int wanted = workers.threads() == 1 ? 1 : TASKS_PER_THREAD * workers.threads();
    int panels = ceil(shape.outChannels(), arithmetic.panelWidth());
    int blocks = ceil(patches, MAX_PATCHES);
    panelsPerChunk = ceil(panels, Math.min(mostChunks(), Math.max(1, ceil(wanted, blocks))));
    chunks = ceil(panels, panelsPerChunk);
    int tile = arithmetic.tileRows();
    if (blocks * chunks < wanted) {
      blocks = Math.min(ceil(wanted, chunks), ceil(patches, 2 * tile));
    }
    patchesPerTask = ceil(ceil(patches, blocks), tile) * tile;
    workers.run(ceil(patches, patchesPerTask) * chunks, task);
  }

  private int mostChunks() {
    return ceil(shape.outChannels(), Math.max(COLUMNS, arithmetic.panelWidth()));
  }

  private void part(int index, Scratch scratch) {
    int first = index / chunks * patchesPerTask;
    int count = Math.min(patchesPerTask, patches - first);
    int chunk = index % chunks;
    int channels = channels(chunk);
    float[] planes = scratch.floats(Scratch.Use.TRANSFORMED, planesSize(count));
    float[] results = scratch.floats(Scratch.Use.RESULT, resultsSize(count, channels));
    for (int i = 0; i < count; i++) {
      input(first, i, count, planes, scratch);
    }
    for (int place = 0; place < scheme.places(); place++) {
      multiply(planes, count, place, chunk, results, 0, channels, scratch);
    }
    for (int i = 0; i < count; i++) {
      output(results, i, count, first, channel(chunk), channels, scratch);
    }
  }

  private void inSteps(Workers workers) {
    int wanted = workers.threads() == 1 ? 1 : TASKS_OF_STEP_PER_THREAD * workers.threads();
    int panels = ceil(shape.outChannels(), arithmetic.panelWidth());
    panelsPerChunk = ceil(panels, Math.min(mostChunks(), ceil(2 * wanted, scheme.places())));
    chunks = ceil(panels, panelsPerChunk);
    int most = ceil(patches, ceil(patches, MAX_PATCHES_IN_STEPS));
    planesOfStep = workers.scratch().floats(Scratch.Use.TRANSFORMED, planesSize(most));
    resultsOfStep =
        workers.scratch().floats(Scratch.Use.RESULT, resultsSize(most, shape.outChannels()));
    for (firstPatch = 0; firstPatch < patches; firstPatch += most) {
      patchesOfStep = Math.min(most, patches - firstPatch);
      patchesPerTask = ceil(patchesOfStep, wanted);
      int tasks = ceil(patchesOfStep, patchesPerTask);
      workers.run(tasks, inputStep);
      workers.run(scheme.places() * chunks, productStep);
      workers.run(tasks, outputStep);
    }
    // A convolution that needs larger ones replaces them, and these would be kept beside them.
    planesOfStep = NOTHING;
    resultsOfStep = NOTHING;
  }

  private void inputs(int index, Scratch scratch) {
    int end = Math.min((index + 1) * patchesPerTask, patchesOfStep);
    for (int i = index * patchesPerTask; i < end; i++) {
      input(firstPatch, i, patchesOfStep, planesOfStep, scratch);
    }
  }

  private void products(int index, Scratch scratch) {
    int chunk = index % chunks;
    int stride = shape.outChannels();
    multiply(
        planesOfStep,
        patchesOfStep,
        index / chunks,
        chunk,
        resultsOfStep,
        channel(chunk),
        stride,
        scratch);
  }

  private void outputs(int index, Scratch scratch) {
    int end = Math.min((index + 1) * patchesPerTask, patchesOfStep);
    for (int i = index * patchesPerTask; i < end; i++) {
      output(resultsOfStep, i, patchesOfStep, firstPatch, 0, shape.outChannels(), scratch);
    }
  }

  private int channel(int chunk) {
    return chunk * panelsPerChunk * arithmetic.panelWidth();
  }

  private int channels(int chunk) {
    return Math.min(channel(chunk + 1), shape.outChannels()) - channel(chunk);
  }

  private int planeStride(int count) {
    return ceil(shape.inChannels(), Arithmetic.DEPTH) * count * Arithmetic.ROW + APART;
  }

  private int planesSize(int count) {
    int slack = (arithmetic.tileRows() + 2) * Arithmetic.ROW;
    return scheme.planes() * planeStride(count) + slack;
  }

  private static int placeStride(int count, int channels) {
    return count * channels + APART;
  }

  private int resultsSize(int count, int channels) {
    return scheme.places() * placeStride(count, channels);
  }

  /** Transforms patch {@code first + i} to row i of the planes of {@code count} patches. */
  private void input(int first, int i, int count, float[] planes, Scratch scratch) {
    int patch = first + i;
    int blockStride = count * Arithmetic.ROW;
    int planeStride = planeStride(count);
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
    for (int k = 0, to = i * Arithmetic.ROW; k < c; k += Arithmetic.DEPTH, to += blockStride) {
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

  /** The product of a place: {@code [count, channels of the chunk]} from {@code at} on. */
  private void multiply(
      float[] planes,
      int count,
      int place,
      int chunk,
      float[] results,
      int at,
      int stride,
      Scratch scratch) {
    int in = shape.inChannels();
    int panels = ceil(shape.outChannels(), arithmetic.panelWidth());
    Block block = scratch.block();
    block.a = planes;
    block.aOffset = scheme.firstPlane(place) * planeStride(count);
    block.rows = count;
    block.b = kernel.places()[place];
    block.bias = block.b.zeros();
    block.panel = chunk * panelsPerChunk;
    block.endPanel = Math.min(block.panel + panelsPerChunk, panels);
    block.floor = Float.NEGATIVE_INFINITY;
    block.c = results;
    block.cOffset = at + place * placeStride(count, stride);
    block.cStride = stride;
    for (int plane = 0; plane < scheme.planesOf(place); plane++) {
      for (int k = 0; k < in; k += Arithmetic.DEPTH) {
        boolean begin = plane + k == 0;
        block.k = plane * in + k;
        block.depth = Math.min(Arithmetic.DEPTH, in - k);
        block.init = begin ? block.b.zeros() : results;
        block.initOffset = begin ? 0 : block.cOffset;
        block.initStride = begin ? 0 : stride;
        arithmetic.multiply(block, scratch);
        block.aOffset += count * Arithmetic.ROW;
      }
      block.aOffset += APART;
    }
  }

  /** Transforms row i of the results back and stores the pixels of patch {@code first + i}. */
  private void output(
      float[] results, int i, int count, int first, int channel, int channels, Scratch scratch) {
    float[] pixels = scratch.floats(Scratch.Use.PATCH, outputs * outputs * channels);
    int placeStride = placeStride(count, channels);
    transform.output(results, i * channels, placeStride, channels, pixels, 0, channels, scratch);
    store(first + i, pixels, channel, channels);
  }

  private void store(int patch, float[] from, int channel, int channels) {
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
