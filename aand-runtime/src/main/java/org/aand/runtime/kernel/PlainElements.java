package org.aand.runtime.kernel;

/** Element-wise functions as plain loops. */
final class PlainElements implements ElementKernels {
  @Override
  public void add(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = x[xo + i] + y[yo + i];
    }
  }

  @Override
  public void subtract(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = x[xo + i] - y[yo + i];
    }
  }

  @Override
  public void multiply(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = x[xo + i] * y[yo + i];
    }
  }

  @Override
  public void scale(float[] x, int xo, float factor, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = x[xo + i] * factor;
    }
  }

  @Override
  public void max(float[] x, int xo, float[] y, int yo, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Math.max(x[xo + i], y[yo + i]);
    }
  }

  @Override
  public void floor(float[] x, int xo, float floor, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Math.max(x[xo + i], floor);
    }
  }

  @Override
  public void addFloor(
      float[] x, int xo, float[] bias, int bo, float floor, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Math.max(x[xo + i] + bias[bo + i], floor);
    }
  }

  @Override
  public void addFloor(
      float[] x,
      int xo,
      float[] bias,
      int bo,
      float[] residual,
      int ro,
      float floor,
      float[] to,
      int at,
      int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Math.max(x[xo + i] + bias[bo + i] + residual[ro + i], floor);
    }
  }

  @Override
  public void tanh(float[] x, int xo, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Tanh.of(x[xo + i]);
    }
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Tanh.of(x[xo + i] * 0.5f) * 0.5f + 0.5f;
    }
  }

  @Override
  public void exp(
      float[] x, int xo, float shift, float factor, float[] to, int at, int count, float[] lanes) {
    for (int i = 0; i < count; i++) {
      to[at + i] = Exp.of((x[xo + i] - shift) * factor);
    }
  }

  // Four sums: one alone waits for the last addition.
  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int count, float[] lanes) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int fours = count & ~3;
    for (int i = 0; i < fours; i += 4) {
      s0 += x[xo + i] * y[yo + i];
      s1 += x[xo + i + 1] * y[yo + i + 1];
      s2 += x[xo + i + 2] * y[yo + i + 2];
      s3 += x[xo + i + 3] * y[yo + i + 3];
    }
    for (int i = fours; i < count; i++) {
      s0 += x[xo + i] * y[yo + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public float squaredDistance(float[] x, int xo, float[] y, int yo, int count, float[] lanes) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int fours = count & ~3;
    for (int i = 0; i < fours; i += 4) {
      s0 += square(x[xo + i] - y[yo + i]);
      s1 += square(x[xo + i + 1] - y[yo + i + 1]);
      s2 += square(x[xo + i + 2] - y[yo + i + 2]);
      s3 += square(x[xo + i + 3] - y[yo + i + 3]);
    }
    for (int i = fours; i < count; i++) {
      s0 += square(x[xo + i] - y[yo + i]);
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static float square(float x) {
    return x * x;
  }
}
