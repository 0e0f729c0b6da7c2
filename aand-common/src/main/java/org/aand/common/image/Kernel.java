package org.aand.common.image;

/** The interpolation kernels, at unit scale. */
enum Kernel {
  /** Linear interpolation. */
  TRIANGLE(1) {
    @Override
    double at(double x) {
      double distance = Math.abs(x);
      return distance < 1 ? 1 - distance : 0;
    }
  },

  /** Keys' cubic convolution. */
  BICUBIC(2) {
    @Override
    double at(double x) {
      double a = -0.5;
      double d = Math.abs(x);
      if (d < 1) {
        return ((a + 2) * d - (a + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }
  };

  private final double support;

  Kernel(double support) {
    this.support = support;
  }

  /** Beyond this distance the kernel is zero. */
  double support() {
    return support;
  }

  abstract double at(double x);
}
