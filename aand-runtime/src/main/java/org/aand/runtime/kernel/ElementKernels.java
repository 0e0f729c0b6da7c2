package org.aand.runtime.kernel;

/** The element-wise functions of {@link Elements}, in the form of one provider. */
interface ElementKernels {
  void add(float[] x, int xo, float[] y, int yo, float[] to, int at, int count);

  void subtract(float[] x, int xo, float[] y, int yo, float[] to, int at, int count);

  void multiply(float[] x, int xo, float[] y, int yo, float[] to, int at, int count);

  void scale(float[] x, int xo, float factor, float[] to, int at, int count);

  void max(float[] x, int xo, float[] y, int yo, float[] to, int at, int count);

  /** {@code max(x, floor)}. */
  void floor(float[] x, int xo, float floor, float[] to, int at, int count);

  /** {@code max(x + bias, floor)}. */
  void addFloor(
      float[] x, int xo, float[] bias, int bo, float floor, float[] to, int at, int count);

  /** {@code max(x + bias + residual, floor)}. */
  void addFloor(
      float[] x,
      int xo,
      float[] bias,
      int bo,
      float[] residual,
      int ro,
      float floor,
      float[] to,
      int at,
      int count);

  void tanh(float[] x, int xo, float[] to, int at, int count);

  void sigmoid(float[] x, int xo, float[] to, int at, int count);

  /**
   * {@code exp(factor * (x - shift))}; no argument above 0.
   *
   * @param lanes as many as a vector has, overwritten
   */
  void exp(
      float[] x, int xo, float shift, float factor, float[] to, int at, int count, float[] lanes);

  /** The sum of {@code x * y}; its order follows from the count alone. */
  float dot(float[] x, int xo, float[] y, int yo, int count, float[] lanes);

  /** The sum of {@code (x - y)^2}; its order follows from the count alone. */
  float squaredDistance(float[] x, int xo, float[] y, int yo, int count, float[] lanes);
}
