package org.aand.weights.keras;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Writes HDF5 files as other programs do, and as none should. */
public final class Hdf5Writer implements AutoCloseable {
  private final Handle file;

  public Hdf5Writer(Path path) throws Hdf5Exception {
    Hdf5Input.silence();
    file =
        Handle.of(
            H5Fcreate(path.toString(), H5F_ACC_TRUNC(), H5P_DEFAULT(), H5P_DEFAULT()),
            hdf5::H5Fclose,
            "file");
  }

  /** How the numbers of a dataset are stored. */
  public enum Numbers {
    FLOAT16,
    FLOAT32,
    FLOAT32_BIG_ENDIAN,
    FLOAT64,
    INT32;

    Handle type() throws Hdf5Exception {
      var type =
          Handle.of(
              H5Tcopy(
                  switch (this) {
                    case FLOAT16, FLOAT32 -> H5T_IEEE_F32LE_g();
                    case FLOAT32_BIG_ENDIAN -> H5T_IEEE_F32BE_g();
                    case FLOAT64 -> H5T_IEEE_F64LE_g();
                    case INT32 -> H5T_NATIVE_INT32_g();
                  }),
              hdf5::H5Tclose,
              "type");
      if (this == FLOAT16) {
        // Sign at bit 15, 5 bits of exponent from 10 with bias 15, 10 bits of mantissa from 0.
        Handle.check(H5Tset_fields(type.id(), 15, 10, 5, 0, 10), "fields");
        Handle.check(H5Tset_precision(type.id(), 16), "precision");
        Handle.check(H5Tset_ebias(type.id(), 15), "bias");
        Handle.check(H5Tset_size(type.id(), 2), "size");
      }
      return type;
    }
  }

  /** Where the values of a dataset are. */
  enum Storage {
    PLAIN,
    CHECKSUMMED,
    NEVER_WRITTEN,
    OTHER_FILE
  }

  public Hdf5Writer group(String path) throws Hdf5Exception {
    Handle.of(
            H5Gcreate2(file.id(), path, H5P_DEFAULT(), H5P_DEFAULT(), H5P_DEFAULT()),
            hdf5::H5Gclose,
            path)
        .close();
    return this;
  }

  public Hdf5Writer softLink(String target, String path) throws Hdf5Exception {
    Handle.check(
        H5Lcreate_soft(target, file.id(), path, H5P_DEFAULT(), H5P_DEFAULT()), "soft link");
    return this;
  }

  public Hdf5Writer data(String path, Numbers numbers, float[] values, long... shape)
      throws Hdf5Exception {
    return data(path, numbers, Storage.PLAIN, values, shape);
  }

  public Hdf5Writer data(
      String path, Numbers numbers, Storage storage, float[] values, long... shape)
      throws Hdf5Exception {
    try (var type = numbers.type();
        var space =
            Handle.of(H5Screate_simple(shape.length, shape, null), hdf5::H5Sclose, "space");
        var creation =
            Handle.of(H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()), hdf5::H5Pclose, "creation");
        var buffer = new FloatPointer(values)) {
      if (storage == Storage.CHECKSUMMED) {
        Handle.check(H5Pset_chunk(creation.id(), shape.length, shape), "chunk");
        Handle.check(H5Pset_fletcher32(creation.id()), "checksum");
      }
      if (storage == Storage.OTHER_FILE) {
        Handle.check(
            H5Pset_external(creation.id(), "/etc/hostname", 0, 4L * values.length), "external");
      }
      long created =
          H5Dcreate2(
              file.id(), path, type.id(), space.id(), H5P_DEFAULT(), creation.id(), H5P_DEFAULT());
      try (var dataset = Handle.of(created, hdf5::H5Dclose, path)) {
        if (storage == Storage.PLAIN || storage == Storage.CHECKSUMMED) {
          Handle.check(
              H5Dwrite(
                  dataset.id(), H5T_NATIVE_FLOAT_g(), H5S_ALL(), H5S_ALL(), H5P_DEFAULT(), buffer),
              path);
        }
      }
    }
    return this;
  }

  /** Texts of variable length, as h5py writes Python's own strings. */
  public Hdf5Writer texts(String path, String attribute, List<String> texts) throws Hdf5Exception {
    var pointers = texts.stream().map(t -> new BytePointer(t, StandardCharsets.UTF_8)).toList();
    try (var type = Handle.of(H5Tcopy(H5T_C_S1_g()), hdf5::H5Tclose, "type");
        var buffer = new PointerPointer<Pointer>(pointers.toArray(Pointer[]::new))) {
      Handle.check(H5Tset_size(type.id(), H5T_VARIABLE()), "size");
      attribute(path, attribute, type, texts.size(), buffer);
    }
    pointers.forEach(Pointer::close);
    return this;
  }

  public Hdf5Writer numbers(String path, String attribute, long... numbers) throws Hdf5Exception {
    try (var type = Handle.of(H5Tcopy(H5T_NATIVE_INT64_g()), hdf5::H5Tclose, "type");
        var buffer = new LongPointer(numbers)) {
      attribute(path, attribute, type, numbers.length, buffer);
    }
    return this;
  }

  private void attribute(String path, String attribute, Handle type, int count, Pointer values)
      throws Hdf5Exception {
    long shape =
        attribute.endsWith("_names")
            ? H5Screate_simple(1, new long[] {count}, null)
            : H5Screate(H5S_SCALAR);
    try (var object = Handle.of(H5Oopen(file.id(), path, H5P_DEFAULT()), hdf5::H5Oclose, path);
        var space = Handle.of(shape, hdf5::H5Sclose, "space");
        var handle =
            Handle.of(
                H5Acreate2(
                    object.id(), attribute, type.id(), space.id(), H5P_DEFAULT(), H5P_DEFAULT()),
                hdf5::H5Aclose,
                attribute)) {
      if (count > 0) {
        Handle.check(H5Awrite(handle.id(), type.id(), values), attribute);
      }
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
