package org.aand.runtime.kernel;

/**
 * A 3x3 convolution by a {@link WinogradScheme} whose kernel is not kept transformed.
 *
 * <p>First all threads transform patches. Then each task computes the channels of one panel of the
 * kernel, and transforms that itself, some rows at a time: so a kernel is read from memory once,
 * and as it is.
 */
final class WinogradByPanel implements PatchProducts {
  // Of the patches that are computed together, in values: part of a third-level cache.
  private static final int MAX_PLANES = 5 << 17;
  private static final int MIN_PATCHES = 64;
  // A panel of the kernel is transformed for at least so many tiles.
  private static final int MIN_TILES = 4;
  // Of a panel that is transformed at a time, in values: part of a second-level cache of 1 MB.
  private static final int MAX_TRANSFORMED = 7 << 15;
  private static final int MIN_DEPTH = 32;
  private static final int INPUT_TASKS_PER_THREAD = 4;
  private static final float[] NOTHING = {};

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final PackedMatrix kernel;
  private final ConvolutionShape shape;
  private final WinogradScheme scheme;
  private final WinogradPatches maps;
  private final KernelTransform transform;
  private final int panels;
  private final int width;
  private final int depth;
  private final Workers.Task inputStep = this::inputs;
  private final Workers.Task productStep = this::products;

  private int firstPatch;
  private int patches;
  private int patchesPerTask;
  private int blocks;
  private float[] planes = NOTHING;

  WinogradByPanel(
      PackedMatrix kernel, WinogradScheme scheme, ConvolutionShape shape, WinogradPatches maps) {
    this.kernel = kernel;
    this.scheme = scheme;
    this.shape = shape;
    this.maps = maps;
    transform = scheme.packedKernelTransform();
    width = arithmetic.panelWidth();
    panels = ceil(shape.outChannels(), width);
    depth = depth(transform.slots() * width);
  }

  private static int depth(int valuesOfRow) {
    int depth = Arithmetic.DEPTH;
    while (depth > MIN_DEPTH && depth * valuesOfRow > MAX_TRANSFORMED) {
      depth /= 2;
    }
    return depth;
  }

  private static int ceil(int x, int y) {
    return (x + y - 1) / y;
  }

  @Override
  public void run(Workers workers, int images) {
    int all = images * maps.ofImage();
    int most = Math.max(MIN_PATCHES, MAX_PLANES / (scheme.planes() * shape.inChannels()));
    // A last tile that is not whole has code of its own, which would have to be compiled first.
    int tile = arithmetic.tileRows();
    int together = ceil(ceil(all, ceil(all, most)), tile) * tile;
    int threads = workers.threads();
    int inputTasks = threads == 1 ? 1 : INPUT_TASKS_PER_THREAD * threads;
    planes = workers.scratch().floats(Scratch.Use.TRANSFORMED, maps.planesSize(together));
    for (firstPatch = 0; firstPatch < all; firstPatch += together) {
      patches = Math.min(together, all - firstPatch);
      patchesPerTask = ceil(patches, inputTasks);
      workers.run(ceil(patches, patchesPerTask), inputStep);
      int tiles = ceil(patches, tile);
      // Each block transforms its panel again.
      blocks = Math.min(ceil(threads, panels), ceil(tiles, MIN_TILES));
      patchesPerTask = ceil(tiles, blocks) * tile;
      blocks = ceil(patches, patchesPerTask);
      workers.run(panels * blocks, productStep);
    }
    // A convolution that needs larger ones replaces them, and these would be kept beside them.
    planes = NOTHING;
  }

  private void inputs(int index, Scratch scratch) {
    int end = Math.min((index + 1) * patchesPerTask, patches);
    for (int i = index * patchesPerTask; i < end; i++) {
      maps.input(firstPatch + i, i, patches, planes, scratch);
    }
  }

  private void products(int index, Scratch scratch) {
    int panel = index / blocks;
    int first = index % blocks * patchesPerTask;
    int count = Math.min(patchesPerTask, patches - first);
    int channel = panel * width;
    int channels = Math.min(width, shape.outChannels() - channel);
    int placeStride = count * width + WinogradPatches.APART;
    float[] results = scratch.floats(Scratch.Use.RESULT, scheme.places() * placeStride);
    Block block = scratch.block();
    block.rows = count;
    block.panel = 0;
    block.endPanel = 1;
    block.bColumns = channels;
    block.bias = kernel.zeros();
    block.floor = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < shape.inChannels(); k += depth) {
      block.depth = Math.min(depth, shape.inChannels() - k);
      multiply(block, panel, first, k, results, placeStride, scratch);
    }
    for (int i = 0; i < count; i++) {
      int patch = firstPatch + first + i;
      maps.output(results, i * width, placeStride, patch, channel, channels, scratch);
    }
  }

  /** Adds to all places what channels from k on come to. */
  private void multiply(
      Block block, int panel, int first, int k, float[] results, int placeStride, Scratch scratch) {
    int in = shape.inChannels();
    int row = panel * kernel.depth() + k;
    // One more, so that the same values of all of them lie in different sets of the cache.
    int slotRows = depth + 1;
    float[][] transformed = scratch.panel(transform.slots() * slotRows);
    arithmetic.kernelSums(transform, kernel.panels(), row, in, block.depth, transformed, slotRows);
    block.a = planes;
    for (int place = 0; place < scheme.places(); place++) {
      int begin = scheme.firstPlane(place);
      block.resultsTo(results, place * placeStride, width);
      for (int plane = begin; plane < begin + scheme.planesOf(place); plane++) {
        boolean tap = transform.isTap(plane);
        block.far = tap;
        block.b = tap ? kernel.panels() : transformed;
        block.k = tap ? row + transform.tapOf(plane) * in : transform.slotOf(plane) * slotRows;
        block.aOffset = maps.at(plane, patches, k) + first * Arithmetic.ROW;
        if (k == 0 && plane == begin) {
          block.beginWith(kernel.zeros());
        } else {
          block.beginWithResults();
        }
        arithmetic.multiply(block, scratch);
      }
    }
  }
}
