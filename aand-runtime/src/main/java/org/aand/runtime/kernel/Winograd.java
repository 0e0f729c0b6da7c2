package org.aand.runtime.kernel;

/**
 * A 3x3 convolution by a {@link WinogradScheme} of one plane a place, whose kernel is kept
 * transformed: a small product for each place takes the place of one large one.
 *
 * <p>Where the kernel is small, a task does all three steps for some patches and some output
 * channels, so that what lies between them stays in the cache. Where it is large, all threads do
 * one step after the other for many patches, so that the kernel is read once for all of them.
 */
final class Winograd implements PatchProducts {
  private static final int MAX_PATCHES = 32;
  private static final int MAX_PATCHES_IN_STEPS = 128;
  private static final int COLUMNS = 128;
  private static final int TASKS_PER_THREAD = 2;
  private static final int TASKS_OF_STEP_PER_THREAD = 4;
  // Reading a value of the kernel again costs so much less than moving one from step to step.
  private static final int KERNEL_VALUES_WORTH_A_MOVE = 2;
  private static final float[] NOTHING = {};

  private final Arithmetic arithmetic = Provider.arithmetic();
  private final WinogradKernel kernel;
  private final ConvolutionShape shape;
  private final WinogradScheme scheme;
  private final WinogradPatches maps;
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

  Winograd(WinogradKernel kernel, ConvolutionShape shape, WinogradPatches maps) {
    this.kernel = kernel;
    this.shape = shape;
    this.maps = maps;
    scheme = kernel.scheme();
  }

  private static int ceil(int x, int y) {
    return (x + y - 1) / y;
  }

  @Override
  public void run(Workers workers, int images) {
    patches = images * maps.ofImage();
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
    int ofPatch = scheme.planes() * (shape.inChannels() + shape.outChannels());
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
    float[] planes = scratch.floats(Scratch.Use.TRANSFORMED, maps.planesSize(count));
    float[] results = scratch.floats(Scratch.Use.RESULT, resultsSize(count, channels));
    for (int i = 0; i < count; i++) {
      maps.input(first + i, i, count, planes, scratch);
    }
    for (int plane = 0; plane < scheme.planes(); plane++) {
      multiply(planes, count, plane, chunk, results, -channel(chunk), channels, scratch);
    }
    for (int i = 0; i < count; i++) {
      int stride = placeStride(count, channels);
      maps.output(results, i * channels, stride, first + i, channel(chunk), channels, scratch);
    }
  }

  private void inSteps(Workers workers) {
    int wanted = workers.threads() == 1 ? 1 : TASKS_OF_STEP_PER_THREAD * workers.threads();
    int panels = ceil(shape.outChannels(), arithmetic.panelWidth());
    panelsPerChunk = ceil(panels, Math.min(mostChunks(), ceil(2 * wanted, scheme.planes())));
    chunks = ceil(panels, panelsPerChunk);
    // As in WinogradByPanel, whole tiles.
    int tile = arithmetic.tileRows();
    int most = ceil(ceil(patches, ceil(patches, MAX_PATCHES_IN_STEPS)), tile) * tile;
    planesOfStep = workers.scratch().floats(Scratch.Use.TRANSFORMED, maps.planesSize(most));
    resultsOfStep =
        workers.scratch().floats(Scratch.Use.RESULT, resultsSize(most, shape.outChannels()));
    for (firstPatch = 0; firstPatch < patches; firstPatch += most) {
      patchesOfStep = Math.min(most, patches - firstPatch);
      patchesPerTask = ceil(patchesOfStep, wanted);
      int tasks = ceil(patchesOfStep, patchesPerTask);
      workers.run(tasks, inputStep);
      workers.run(scheme.planes() * chunks, productStep);
      workers.run(tasks, outputStep);
    }
    // A convolution that needs larger ones replaces them, and these would be kept beside them.
    planesOfStep = NOTHING;
    resultsOfStep = NOTHING;
  }

  private void inputs(int index, Scratch scratch) {
    int end = Math.min((index + 1) * patchesPerTask, patchesOfStep);
    for (int i = index * patchesPerTask; i < end; i++) {
      maps.input(firstPatch + i, i, patchesOfStep, planesOfStep, scratch);
    }
  }

  private void products(int index, Scratch scratch) {
    int chunk = index % chunks;
    int stride = shape.outChannels();
    multiply(planesOfStep, patchesOfStep, index / chunks, chunk, resultsOfStep, 0, stride, scratch);
  }

  private void outputs(int index, Scratch scratch) {
    int end = Math.min((index + 1) * patchesPerTask, patchesOfStep);
    for (int i = index * patchesPerTask; i < end; i++) {
      int channels = shape.outChannels();
      int stride = placeStride(patchesOfStep, channels);
      maps.output(resultsOfStep, i * channels, stride, firstPatch + i, 0, channels, scratch);
    }
  }

  private int channel(int chunk) {
    return chunk * panelsPerChunk * arithmetic.panelWidth();
  }

  private int channels(int chunk) {
    return Math.min(channel(chunk + 1), shape.outChannels()) - channel(chunk);
  }

  private static int placeStride(int count, int channels) {
    return count * channels + WinogradPatches.APART;
  }

  private int resultsSize(int count, int channels) {
    return scheme.planes() * placeStride(count, channels);
  }

  /**
   * The product of a place: {@code [count, channels of the chunk]}.
   *
   * @param at where channel 0 of place 0 would be, also if the chunk begins with a later one
   */
  private void multiply(
      float[] planes,
      int count,
      int plane,
      int chunk,
      float[] results,
      int at,
      int stride,
      Scratch scratch) {
    int in = shape.inChannels();
    int panels = ceil(shape.outChannels(), arithmetic.panelWidth());
    Block block = scratch.block();
    block.a = planes;
    block.rows = count;
    PackedMatrix matrix = kernel.planes()[plane];
    block.b = matrix.panels();
    block.bRows = in;
    block.bColumns = shape.outChannels();
    block.far = true;
    block.bias = matrix.zeros();
    block.panel = chunk * panelsPerChunk;
    block.endPanel = Math.min(block.panel + panelsPerChunk, panels);
    block.floor = Float.NEGATIVE_INFINITY;
    block.resultsTo(results, at + plane * placeStride(count, stride), stride);
    for (int k = 0; k < in; k += Arithmetic.DEPTH) {
      block.aOffset = maps.at(plane, count, k);
      block.k = k;
      block.depth = Math.min(Arithmetic.DEPTH, in - k);
      if (k == 0) {
        block.beginWith(matrix.zeros());
      } else {
        block.beginWithResults();
      }
      arithmetic.multiply(block, scratch);
    }
  }
}
