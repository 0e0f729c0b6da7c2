package org.aand.runtime.kernel;

/**
 * How a 3x3 convolution becomes products of transformed patches with a transformed kernel.
 *
 * <p>A patch of side x side pixels becomes as many planes, a kernel as well. A place of the result
 * is the sum over the one, two or four planes that belong to it; the output transform makes m x m
 * pixels of the places.
 *
 * <ul>
 *   <li>Stride 1: F(m x m, 3 x 3), one plane a place, (m + 2)^2 of them. Source: Lavin and Gray,
 *       "Fast algorithms for convolutional neural networks".
 *   <li>Stride 2: even and odd lines and columns are convolutions of their own with two taps and
 *       with one; F(2, 2) does the even ones with three products for two pixels, and the odd ones
 *       are added to places of it: 25 planes for 2 x 2 pixels instead of 36 products. Only sums and
 *       differences, so it rounds as F(2x2, 3x3) does. Source: Huang et al., "DWM: a decomposable
 *       Winograd method for convolution acceleration".
 * </ul>
 */
final class WinogradScheme {
  /** F(2x2, 3x3), stride 1: 0.44 of the multiplications. */
  static final WinogradScheme TWO =
      everyPlaceOnePlane(
          2, new float[][] {{1, 0, 0}, {.5f, .5f, .5f}, {.5f, -.5f, .5f}, {0, 0, 1}});

  /** F(4x4, 3x3), stride 1: 0.25 of the multiplications. */
  static final WinogradScheme FOUR = everyPlaceOnePlane(4, WinogradPoints.kernelTransform());

  /**
   * F(2x2, 3x3), stride 2: 0.69 of the multiplications. Pixels x0..x4 of a line become {@code x0 -
   * x2, x1 | x2 | x4 - x2, x3}, and the sums of the three groups the pixels {@code first + second,
   * second + third}.
   */
  static final WinogradScheme STRIDED =
      new WinogradScheme(
          2,
          2,
          new float[][] {{1, 0, 0}, {0, 1, 0}, {1, 0, 1}, {0, 0, 1}, {0, 1, 0}},
          new int[] {0, 0, 1, 2, 2});

  private final int outputs;
  private final int stride;
  private final float[][] kernelTransform;
  private final int[] planes;
  private final int[] positions;
  private final int[] firstPlanes;
  private final KernelTransform packedKernelTransform;

  /**
   * A scheme that is the same along both axes.
   *
   * @param kernelTransform {@code [side, 3]}
   * @param places of each line of the transform, ascending
   */
  private WinogradScheme(int outputs, int stride, float[][] kernelTransform, int[] places) {
    this.outputs = outputs;
    this.stride = stride;
    this.kernelTransform = kernelTransform;
    int side = kernelTransform.length;
    int across = places[side - 1] + 1;
    planes = new int[side * side];
    positions = new int[side * side];
    firstPlanes = new int[across * across + 1];
    int plane = 0;
    for (int place = 0; place < across * across; place++) {
      firstPlanes[place] = plane;
      for (int i = 0; i < side; i++) {
        for (int j = 0; j < side; j++) {
          if (places[i] * across + places[j] == place) {
            positions[plane] = i * side + j;
            planes[i * side + j] = plane++;
          }
        }
      }
    }
    firstPlanes[across * across] = plane;
    packedKernelTransform = new KernelTransform(this);
  }

  private static WinogradScheme everyPlaceOnePlane(int outputs, float[][] kernelTransform) {
    int[] places = new int[outputs + 2];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
    return new WinogradScheme(outputs, 1, kernelTransform, places);
  }

  /** m: pixels of a side of the result of one patch. */
  int outputs() {
    return outputs;
  }

  /** The distance of patches in the map. */
  int step() {
    return outputs * stride;
  }

  /** Pixels of a side of a patch. */
  int side() {
    return kernelTransform.length;
  }

  /** G, {@code [side, 3]}. */
  float[][] kernelTransform() {
    return kernelTransform;
  }

  /** How a packed kernel is transformed while it is used. */
  KernelTransform packedKernelTransform() {
    return packedKernelTransform;
  }

  /** Products of one patch and one channel. */
  int planes() {
    return planes.length;
  }

  /** The plane of line i and column j of the transform. */
  int plane(int i, int j) {
    return planes[i * side() + j];
  }

  /** The line of the transform that a plane is of. */
  int lineOf(int plane) {
    return positions[plane] / side();
  }

  /** The column of the transform that a plane is of. */
  int columnOf(int plane) {
    return positions[plane] % side();
  }

  int places() {
    return firstPlanes.length - 1;
  }

  /** The first plane of a place; the others follow it. */
  int firstPlane(int place) {
    return firstPlanes[place];
  }

  /** The number of planes of a place. */
  int planesOf(int place) {
    return firstPlanes[place + 1] - firstPlanes[place];
  }

  /** Patches beside each other in one image. */
  int across(ConvolutionShape shape) {
    return (shape.outWidth() + outputs - 1) / outputs;
  }

  /** Patches of one image. */
  int patches(ConvolutionShape shape) {
    return (shape.outHeight() + outputs - 1) / outputs * across(shape);
  }

  boolean fits(ConvolutionShape shape) {
    return shape.kernelHeight() == 3
        && shape.kernelWidth() == 3
        && shape.stride() == stride
        && shape.padding() == 1;
  }
}
