package org.aand.train;

import java.util.random.RandomGenerator;
import org.aand.common.image.ImageSize;
import org.aand.nn.HostValues;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The order in which an epoch sees its images, cut into batches; the last one may be smaller. */
final class Batches {
  private final int[] order;
  private final int size;

  private Batches(int[] order, int size) {
    this.order = order;
    this.size = size;
  }

  /** A fresh order of {@code images} images. */
  static Batches shuffled(int images, int size, RandomGenerator random) {
    int[] order = new int[images];
    for (int i = 0; i < images; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return new Batches(order, size);
  }

  /** The images in their own order. */
  static Batches inOrder(int images, int size) {
    int[] order = new int[images];
    for (int i = 0; i < images; i++) {
      order[i] = i;
    }
    return new Batches(order, size);
  }

  /** How many batches so many images make. */
  static int count(int images, int size) {
    return (images + size - 1) / size;
  }

  int count() {
    return count(order.length, size);
  }

  /** The images of a batch. */
  int[] get(int batch) {
    return java.util.Arrays.copyOfRange(
        order, batch * size, Math.min(order.length, (batch + 1) * size));
  }

  /** Images side by side as {@code [N, height, width, 3]}; closed by the caller. */
  static INDArray images(float[][] images, ImageSize size) {
    int length = size.pixels() * 3;
    float[] all = new float[images.length * length];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(images[i], 0, all, i * length, length);
    }
    return HostValues.array(all, images.length, size.height(), size.width(), 3);
  }
}
