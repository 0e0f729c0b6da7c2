package org.aand.spark;

import java.io.IOException;
import java.io.Serializable;
import org.aand.api.AnomalyDetector;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.common.image.ImageFile;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/**
 * Detects anomalies in one image of a row: its bytes, or the path of its file on any file system
 * that Hadoop knows. An image that cannot be used becomes a struct with its error. A task works
 * with a copy of its own.
 */
final class ImageDetection implements UDF1<Object, Row>, Serializable {
  private static final long serialVersionUID = 1L;
  private static final String UNNAMED = "the image";

  private final ShippedModel model;
  private final DetectionFields fields;
  private transient @Nullable AnomalyDetector detector;

  ImageDetection(ShippedModel model, DetectionFields fields) {
    this.model = model;
    this.fields = fields;
  }

  @Override
  public Row call(@Nullable Object image) {
    if (image instanceof byte[] bytes) {
      return detect(new Encoded(UNNAMED, bytes));
    }
    if (image instanceof String path) {
      try {
        return detect(read(path));
      } catch (InputException e) {
        return failed(e);
      }
    }
    if (image == null) {
      return fields.failed("there is no image: the column is null");
    }
    throw new InputException(
        "images are detected in bytes or in files by their paths, not in "
            + image.getClass().getSimpleName()
            + "; name another column");
  }

  /**
   * An image file in memory.
   *
   * @param name what to call it in errors
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  record Encoded(String name, byte[] bytes) {}

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read, or is too large to be an image
   */
  Encoded read(String path) {
    try {
      var file = new Path(path);
      var system = file.getFileSystem(model.hadoop());
      long length = system.getFileStatus(file).getLen();
      if (length > ImageFile.MAX_BYTES) {
        throw new InputException(
            path
                + " has "
                + length
                + " bytes; images of at most "
                + ImageFile.MAX_BYTES
                + " are read");
      }
      byte[] bytes = new byte[(int) length];
      try (var in = system.open(file)) {
        in.readFully(bytes);
      }
      return new Encoded(path, bytes);
    } catch (IOException e) {
      throw new InputException("cannot read " + path + " (" + IoReason.of(e) + ")", e);
    } catch (IllegalArgumentException e) {
      throw new InputException("there is no file " + path + " (" + e.getMessage() + ")", e);
    }
  }

  /** What is found in an image, or why nothing is. */
  Row detect(Encoded image) {
    try {
      return fields.found(detector().detect(ImageFile.decode(image.bytes(), image.name())));
    } catch (InputException e) {
      return failed(e);
    }
  }

  /** The row of an image that cannot be used. */
  Row failed(InputException e) {
    return fields.failed(String.valueOf(e.getMessage()));
  }

  private AnomalyDetector detector() {
    var known = detector;
    if (known == null) {
      known = ExecutorDetectors.forTask(model);
      detector = known;
    }
    return known;
  }
}
