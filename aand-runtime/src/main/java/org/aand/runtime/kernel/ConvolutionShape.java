package org.aand.runtime.kernel;

/**
 * The extent of a convolution of one image: {@code [H, W, inChannels]} to {@code [outHeight,
 * outWidth, outChannels]} with a kernel {@code [kernelHeight, kernelWidth, inChannels,
 * outChannels]}; as much padding on all sides.
 */
public record ConvolutionShape(
    int height,
    int width,
    int inChannels,
    int outChannels,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padding) {
  /** Checks the extents. */
  public ConvolutionShape {
    if (height < 1
        || width < 1
        || inChannels < 1
        || outChannels < 1
        || kernelHeight < 1
        || kernelWidth < 1
        || stride < 1
        || padding < 0
        || height + 2 * padding < kernelHeight
        || width + 2 * padding < kernelWidth) {
      throw new IllegalArgumentException(
          ("no convolution of ["
                  + height
                  + ", "
                  + width
                  + ", "
                  + inChannels
                  + "] to "
                  + outChannels)
              + (" channels by " + kernelHeight + " x " + kernelWidth)
              + (", stride " + stride + ", padding " + padding));
    }
  }

  /** A square kernel. */
  public static ConvolutionShape of(
      int height, int width, int inChannels, int outChannels, int kernel, int stride, int padding) {
    return new ConvolutionShape(
        height, width, inChannels, outChannels, kernel, kernel, stride, padding);
  }

  public int outHeight() {
    return (height + 2 * padding - kernelHeight) / stride + 1;
  }

  public int outWidth() {
    return (width + 2 * padding - kernelWidth) / stride + 1;
  }

  /** Values of a patch: K of the product. */
  public int depth() {
    return kernelHeight * kernelWidth * inChannels;
  }

  /** Floating point operations of the plain sum of one image, a product and a sum counted as 2. */
  public double operations() {
    return 2.0 * outHeight() * outWidth() * depth() * outChannels;
  }

  boolean isPointwise() {
    return kernelHeight == 1 && kernelWidth == 1 && padding == 0;
  }
}
