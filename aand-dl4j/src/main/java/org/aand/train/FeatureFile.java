package org.aand.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.nn.HostValues;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The frozen features of all training images, computed once and read back batch by batch.
 *
 * <p>They lie in a temporary file, which the operating system keeps in memory as long as there is
 * room. The file goes with {@link #close}.
 */
final class FeatureFile implements AutoCloseable {
  private final FileChannel channel;
  private final List<long[]> shapes;
  private final long imageBytes;

  /**
   * @param shapes of one image's features, one {@code [H, W, C]} a level
   */
  FeatureFile(List<long[]> shapes) {
    this.shapes = List.copyOf(shapes);
    this.imageBytes = shapes.stream().mapToLong(s -> Float.BYTES * length(s)).sum();
    try {
      Path file = Files.createTempFile("aand-features-", ".bin");
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw failure("could not be created", e);
    }
  }

  /** Computes and keeps what a model's student has to reconstruct; closed by the caller. */
  static FeatureFile ofLevels(
      Model model, TrainingImages images, TrainingSettings settings, TrainingListener listener) {
    var channels = model.teacher().backbone().channels();
    var sizes = model.levelSizes();
    var shapes =
        IntStream.range(0, sizes.size())
            .mapToObj(i -> shape(sizes.get(i), channels.get(i)))
            .toList();
    try (var teacher = new FrozenFeatures(model.teacher(), model.parameters())) {
      return compute(teacher, shapes, images, settings, listener);
    }
  }

  private static long[] shape(ImageSize size, int channels) {
    return new long[] {size.height(), size.width(), channels};
  }

  /**
   * Computes and keeps the features of all images; closed by the caller.
   *
   * @param shapes of one image's features, one {@code [H, W, C]} a map
   */
  static FeatureFile compute(
      FrozenFeatures teacher,
      List<long[]> shapes,
      TrainingImages images,
      TrainingSettings settings,
      TrainingListener listener) {
    var order = Batches.inOrder(images.count(), settings.batchSize());
    listener.onStageStart(Stage.FEATURES, order.count());
    var file = new FeatureFile(shapes);
    try {
      for (int b = 0; b < order.count(); b++) {
        int[] members = order.get(b);
        var samples = new float[members.length][];
        for (int i = 0; i < members.length; i++) {
          samples[i] = settings.normalisation().apply(images.images().get(members[i]));
        }
        try (var input = Batches.images(samples, images.size())) {
          file.write(members, teacher.of(input));
        }
        listener.onStep(Stage.FEATURES);
      }
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
    listener.onStageEnd(Stage.FEATURES);
    return file;
  }

  /**
   * Keeps the features of some images.
   *
   * @param images their numbers
   * @param features {@code [N, H, W, C]} a level
   */
  void write(int[] images, List<INDArray> features) {
    long offset = 0;
    for (int level = 0; level < shapes.size(); level++) {
      int length = Math.toIntExact(length(shapes.get(level)));
      float[] values;
      try (var copy = features.get(level).dup('c')) {
        values = copy.data().asFloat();
      }
      var buffer = ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.nativeOrder());
      for (int i = 0; i < images.length; i++) {
        buffer.clear();
        buffer.asFloatBuffer().put(values, i * length, length);
        transfer(buffer, images[i] * imageBytes + offset, true);
      }
      offset += (long) Float.BYTES * length;
    }
  }

  /** The features of some images, {@code [N, H, W, C]} a level; closed by the caller. */
  List<INDArray> read(int[] images) {
    var features = new ArrayList<INDArray>();
    long offset = 0;
    for (long[] shape : shapes) {
      int length = Math.toIntExact(length(shape));
      float[] values = new float[images.length * length];
      var buffer = ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.nativeOrder());
      for (int i = 0; i < images.length; i++) {
        buffer.clear();
        transfer(buffer, images[i] * imageBytes + offset, false);
        buffer.flip();
        buffer.asFloatBuffer().get(values, i * length, length);
      }
      features.add(HostValues.array(values, images.length, shape[0], shape[1], shape[2]));
      offset += (long) Float.BYTES * length;
    }
    return features;
  }

  /** The first map of an image, row-major. */
  float[] read(int image) {
    float[] values = new float[Math.toIntExact(length(shapes.get(0)))];
    var buffer = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.nativeOrder());
    transfer(buffer, image * imageBytes, false);
    buffer.flip();
    buffer.asFloatBuffer().get(values);
    return values;
  }

  /**
   * A part of the first map of every image, from the first image on.
   *
   * @param images how many
   * @param first of the part's values in the map
   * @param count of the part's values
   * @return {@code [images, count]}
   */
  float[] read(int images, int first, int count) {
    float[] values = new float[Math.multiplyExact(images, count)];
    var buffer = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.nativeOrder());
    for (int i = 0; i < images; i++) {
      buffer.clear();
      transfer(buffer, i * imageBytes + (long) Float.BYTES * first, false);
      buffer.flip();
      buffer.asFloatBuffer().get(values, i * count, count);
    }
    return values;
  }

  private void transfer(ByteBuffer buffer, long position, boolean write) {
    try {
      while (buffer.hasRemaining()) {
        int count = write ? channel.write(buffer, position) : channel.read(buffer, position);
        if (count < 0) {
          throw new IllegalStateException("features were read that had not been written");
        }
        position += count;
      }
    } catch (IOException e) {
      throw failure(write ? "could not be written" : "could not be read", e);
    }
  }

  private static InputException failure(String what, IOException cause) {
    return new InputException(
        "the temporary file for features in "
            + System.getProperty("java.io.tmpdir")
            + " "
            + what
            + " ("
            + cause.getMessage()
            + "); make room there, or name another folder with -Djava.io.tmpdir=DIR",
        cause);
  }

  private static long length(long[] shape) {
    return shape[0] * shape[1] * shape[2];
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure("could not be closed", e);
    }
  }
}
