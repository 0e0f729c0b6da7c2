package org.aand.runtime.kernel;

/**
 * Functions of single values and of the rows of maps. They run on the calling thread; callers share
 * ranges among {@link Workers}. Source and result may be the same places.
 */
public final class Elements {
  /** Norms below count as this, as PyTorch's cosine similarity does. */
  static final float MIN_NORM = 1e-8f;

  /** At least as many as a vector has. */
  static final int LANES = 64;

  private static final ElementKernels KERNELS = Provider.arithmetic().elements();

  private Elements() {}

  /** {@code to = x + y}. */
  public static void add(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    KERNELS.add(x, xo, y, yo, to, at, count);
  }

  /** {@code to = x * y}. */
  public static void multiply(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    KERNELS.multiply(x, xo, y, yo, to, at, count);
  }

  /** {@code to = max(x, 0)}. */
  public static void relu(float[] x, int xo, float[] to, int at, int count) {
    KERNELS.floor(x, xo, 0, to, at, count);
  }

  /** {@code to = max(x + y, 0)}. */
  public static void addRelu(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    KERNELS.addFloor(x, xo, y, yo, 0, to, at, count);
  }

  /** {@code to = tanh(x)}, within 3e-7. */
  public static void tanh(float[] x, int xo, float[] to, int at, int count) {
    KERNELS.tanh(x, xo, to, at, count);
  }

  /** {@code to = 1 / (1 + exp(-x))}, within 2e-7. */
  public static void sigmoid(float[] x, int xo, float[] to, int at, int count) {
    KERNELS.sigmoid(x, xo, to, at, count);
  }

  /** Rows {@code [R, C]} times one factor each, {@code [R]}. */
  public static void scaleRows(
      float[] x, int xo, float[] factors, int fo, int rows, int channels, float[] to, int at) {
    for (int r = 0; r < rows; r++) {
      KERNELS.scale(x, xo + r * channels, factors[fo + r], to, at + r * channels, channels);
    }
  }

  /** Adds a map {@code [H, W, C]} of {@code count} values to each of {@code images}. */
  public static void addMap(
      float[] x, int xo, float[] map, int mo, int images, int count, float[] to, int at) {
    for (int n = 0; n < images; n++) {
      KERNELS.add(x, xo + n * count, map, mo, to, at + n * count, count);
    }
  }

  /**
   * Copies {@code [R, C]} between arrays with their own distances of rows: some channels of a map.
   */
  public static void copyRows(
      float[] x, int xo, int xStride, int rows, int channels, float[] to, int at, int toStride) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, xo + r * xStride, to, at + r * toStride, channels);
    }
  }

  /**
   * {@code 1 - cos} of rows: {@code 1 - x.y / (max(|x|, e) max(|y|, e))}, e = 1e-8.
   *
   * <ul>
   *   <li>x, y: {@code [R, C]}
   *   <li>to: {@code [R]}, in [0, 2] to rounding
   * </ul>
   */
  public static void cosineDistance(
      float[] x,
      int xo,
      float[] y,
      int yo,
      int rows,
      int channels,
      float[] to,
      int at,
      Scratch scratch) {
    float[] lanes = scratch.floats(Scratch.Use.LANES, LANES);
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * channels;
      int yr = yo + r * channels;
      float xy = KERNELS.dot(x, xr, y, yr, channels, lanes);
      float xx = KERNELS.dot(x, xr, x, xr, channels, lanes);
      float yy = KERNELS.dot(y, yr, y, yr, channels, lanes);
      to[at + r] = 1 - xy / (norm(xx) * norm(yy));
    }
  }

  /** The Euclidean distance of {@code x} and {@code y}, {@code count} values each. */
  public static float distance(float[] x, int xo, float[] y, int yo, int count, Scratch scratch) {
    float[] lanes = scratch.floats(Scratch.Use.LANES, LANES);
    return (float) Math.sqrt(KERNELS.squaredDistance(x, xo, y, yo, count, lanes));
  }

  private static float norm(float square) {
    return Math.max((float) Math.sqrt(square), MIN_NORM);
  }

  /** {@code 1 / max(|x|, e)} of rows {@code [R, C]}, {@code [R]}. */
  public static void inverseNorms(
      float[] x, int xo, int rows, int channels, float e, float[] to, int at, Scratch scratch) {
    float[] lanes = scratch.floats(Scratch.Use.LANES, LANES);
    for (int r = 0; r < rows; r++) {
      int xr = xo + r * channels;
      float square = KERNELS.dot(x, xr, x, xr, channels, lanes);
      to[at + r] = 1 / Math.max((float) Math.sqrt(square), e);
    }
  }

  /**
   * The share of the columns from {@code first} on in {@code softmax(x / temperature)} of rows.
   *
   * @param x {@code [R, C]}, C at least 1; overwritten
   * @param first below C
   * @param to {@code [R]}, in [0, 1]; NaN for a row with NaN
   */
  public static void softmaxShares(
      float[] x,
      int xo,
      int rows,
      int channels,
      int first,
      float temperature,
      float[] to,
      int at,
      Scratch scratch) {
    float[] lanes = scratch.floats(Scratch.Use.LANES, LANES);
    for (int r = 0; r < rows; r++) {
      int from = xo + r * channels;
      float largest = largest(x, from, channels);
      KERNELS.exp(x, from, largest, 1 / temperature, x, from, channels, lanes);
      double before = sum(x, from, first);
      double share = sum(x, from + first, channels - first);
      to[at + r] = (float) (share / (before + share));
    }
  }

  // NaN is passed over here: its exponential is NaN, and so is the row's share.
  private static float largest(float[] x, int xo, int count) {
    float even = Float.NEGATIVE_INFINITY;
    float odd = even;
    for (int i = xo; i + 1 < xo + count; i += 2) {
      even = x[i] > even ? x[i] : even;
      odd = x[i + 1] > odd ? x[i + 1] : odd;
    }
    float last = x[xo + count - 1];
    float largest = even > odd ? even : odd;
    return last > largest ? last : largest;
  }

  // In two parts, as a sum waits for the one before it.
  private static double sum(float[] x, int xo, int count) {
    double even = 0;
    double odd = 0;
    int end = xo + count;
    int pairs = end - count % 2;
    for (int i = xo; i < pairs; i += 2) {
      even += x[i];
      odd += x[i + 1];
    }
    return pairs < end ? even + odd + x[pairs] : even + odd;
  }

  /**
   * {@code |A (x - m)|}: the distance of a point from a Gaussian.
   *
   * @param x the point, {@code [C]}
   * @param mean m, {@code [C]}
   * @param triangle A, lower triangular, row after row, {@code [C (C + 1) / 2]}
   */
  public static float mahalanobis(
      float[] x,
      int xo,
      float[] mean,
      int mo,
      float[] triangle,
      int from,
      int channels,
      Scratch scratch) {
    float[] lanes = scratch.floats(Scratch.Use.LANES, LANES);
    float[] centred = scratch.floats(Scratch.Use.CENTRED, channels);
    KERNELS.subtract(x, xo, mean, mo, centred, 0, channels);
    double square = 0;
    int at = from;
    for (int row = 1; row <= channels; row++) {
      double part = KERNELS.dot(triangle, at, centred, 0, row, lanes);
      square += part * part;
      at += row;
    }
    return (float) Math.sqrt(square);
  }
}
