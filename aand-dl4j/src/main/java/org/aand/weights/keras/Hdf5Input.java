package org.aand.weights.keras;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.H5G_info_t;
import org.bytedeco.hdf5.H5L_info2_t;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.PointerScope;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;

/**
 * An HDF5 file opened for reading: its groups, text attributes and floating-point datasets.
 *
 * <p>Only what the file itself holds is read: soft and external links, external storage and virtual
 * datasets, by which a file can make a reader open other files, are refused. Sizes are checked
 * before anything is allocated. To be used under {@code Hdf5Archive.LOCK_OBJECT}, since the library
 * is not thread-safe. The library's own printing of errors is switched off, for the whole process.
 */
final class Hdf5Input implements AutoCloseable {
  /** Most values of all read tensors together: 512 MiB. WideResNet-50-2 has 69 million. */
  private static final long MAX_VALUES = 1L << 27;

  private static final long MAX_TEXT_BYTES = 1L << 26;
  private static final long MAX_ENTRIES = 100_000;

  /** What {@code Hdf5Archive} reads. */
  private static final int MAX_RANK = 5;

  private final Path path;
  private final Handle file;
  private long valuesRead;

  private Hdf5Input(Path path, Handle file) {
    this.path = path;
    this.file = file;
  }

  static Hdf5Input open(Path path) throws Hdf5Exception {
    silence();
    var file =
        Handle.of(
            H5Fopen(path.toString(), H5F_ACC_RDONLY(), H5P_DEFAULT()),
            hdf5::H5Fclose,
            "opening it");
    return new Hdf5Input(path, file);
  }

  /** Stops the library from printing its error stack. */
  static void silence() throws Hdf5Exception {
    Handle.check(H5open(), "library");
    Handle.check(H5Eset_auto2(H5E_DEFAULT(), null, null), "error printing");
  }

  boolean hasGroup(String path) throws Hdf5Exception {
    return has(path) && typeOf(path) == H5I_GROUP;
  }

  boolean hasDataset(String path) throws Hdf5Exception {
    return has(path) && typeOf(path) == H5I_DATASET;
  }

  private int typeOf(String path) throws Hdf5Exception {
    try (var object = object(path)) {
      return H5Iget_type(object.id());
    }
  }

  /** Whether there is such an object, reached by hard links alone. */
  private boolean has(String path) throws Hdf5Exception {
    if (path.equals("/")) {
      return true;
    }
    var prefix = new StringBuilder();
    for (var part : path.substring(1).split("/", -1)) {
      prefix.append('/').append(part);
      var here = prefix.toString();
      if (part.isEmpty() || H5Lexists(file.id(), here, H5P_DEFAULT()) <= 0) {
        return false;
      }
      try (var info = new H5L_info2_t()) {
        Handle.check(H5Lget_info2(file.id(), here, info, H5P_DEFAULT()), here);
        if (info.type() != H5L_TYPE_HARD) {
          throw new Hdf5Exception(here + " is a link to elsewhere, which is not followed");
        }
      }
    }
    return true;
  }

  private Handle object(String path) throws Hdf5Exception {
    return Handle.of(H5Oopen(file.id(), path, H5P_DEFAULT()), hdf5::H5Oclose, path);
  }

  /** The names in a group, sorted. */
  List<String> children(String path) throws Hdf5Exception {
    try (var group = object(path);
        var info = new H5G_info_t()) {
      Handle.check(H5Gget_info(group.id(), info), path);
      long links = limited(info.nlinks(), MAX_ENTRIES, "entries of " + path);
      var names = new ArrayList<String>();
      for (long i = 0; i < links; i++) {
        names.add(childName(group, path, i));
      }
      return names;
    }
  }

  private static String childName(Handle group, String path, long index) throws Hdf5Exception {
    long length =
        Handle.check(
            H5Lget_name_by_idx(
                group.id(),
                ".",
                H5_INDEX_NAME,
                H5_ITER_INC,
                index,
                (byte[]) null,
                0,
                H5P_DEFAULT()),
            path);
    byte[] name = new byte[(int) limited(length, MAX_TEXT_BYTES, "bytes of a name in " + path) + 1];
    Handle.check(
        H5Lget_name_by_idx(
            group.id(), ".", H5_INDEX_NAME, H5_ITER_INC, index, name, name.length, H5P_DEFAULT()),
        path);
    return new String(name, 0, name.length - 1, StandardCharsets.UTF_8);
  }

  /** The texts of an attribute, of fixed or of variable length; one for a scalar. */
  Optional<List<String>> texts(String path, String attribute) throws Hdf5Exception {
    var what = "attribute " + attribute + " of " + path;
    try (var object = object(path)) {
      if (H5Aexists(object.id(), attribute) <= 0) {
        return Optional.empty();
      }
      try (var handle =
              Handle.of(H5Aopen(object.id(), attribute, H5P_DEFAULT()), hdf5::H5Aclose, what);
          var type = Handle.of(H5Aget_type(handle.id()), hdf5::H5Tclose, what);
          var space = Handle.of(H5Aget_space(handle.id()), hdf5::H5Sclose, what)) {
        if (H5Tget_class(type.id()) != H5T_STRING) {
          // An empty list is written as an empty array of numbers.
          return H5Sget_simple_extent_npoints(space.id()) == 0
              ? Optional.of(List.of())
              : Optional.empty();
        }
        int count =
            (int)
                limited(H5Sget_simple_extent_npoints(space.id()), MAX_ENTRIES, "texts of " + what);
        if (count == 0) {
          return Optional.of(List.of());
        }
        return Optional.of(
            H5Tis_variable_str(type.id()) > 0
                ? variableTexts(handle, type, space, count, what)
                : fixedTexts(handle, type, count, what));
      }
    }
  }

  private static List<String> variableTexts(
      Handle attribute, Handle type, Handle space, int count, String what) throws Hdf5Exception {
    try (var pointers = new PointerPointer<BytePointer>(count)) {
      Pointer.memset(pointers, 0, (long) count * pointers.sizeof());
      Handle.check(H5Aread(attribute.id(), type.id(), pointers), what);
      try {
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
          var text = pointers.get(BytePointer.class, i);
          texts.add(text == null ? "" : text.getString(StandardCharsets.UTF_8));
        }
        return texts;
      } finally {
        H5Treclaim(type.id(), space.id(), H5P_DEFAULT(), pointers);
      }
    }
  }

  private static List<String> fixedTexts(Handle attribute, Handle type, int count, String what)
      throws Hdf5Exception {
    long width = limited(H5Tget_size(type.id()), MAX_TEXT_BYTES / count, "bytes of " + what);
    byte[] bytes = new byte[(int) width * count];
    try (var pointer = new BytePointer(bytes.length)) {
      Handle.check(H5Aread(attribute.id(), type.id(), pointer), what);
      pointer.get(bytes);
    }
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      int from = (int) width * i;
      int to = from;
      while (to < from + width && bytes[to] != 0) {
        to++;
      }
      texts.add(new String(bytes, from, to - from, StandardCharsets.UTF_8).stripTrailing());
    }
    return texts;
  }

  /**
   * The shape of a dataset of which all values are there and are floating-point numbers.
   *
   * @throws Hdf5Exception if it is anything else, or would be too large to read
   */
  int[] shape(String path) throws Hdf5Exception {
    try (var dataset = Handle.of(H5Dopen2(file.id(), path, H5P_DEFAULT()), hdf5::H5Dclose, path);
        var type = Handle.of(H5Dget_type(dataset.id()), hdf5::H5Tclose, path);
        var space = Handle.of(H5Dget_space(dataset.id()), hdf5::H5Sclose, path);
        var creation = Handle.of(H5Dget_create_plist(dataset.id()), hdf5::H5Pclose, path)) {
      long bytes = H5Tget_size(type.id());
      if (H5Tget_class(type.id()) != H5T_FLOAT || (bytes != 2 && bytes != 4 && bytes != 8)) {
        throw new Hdf5Exception(path + " is not of float16, float32 or float64");
      }
      long rank = H5Sget_simple_extent_ndims(space.id());
      if (rank < 1 || rank > MAX_RANK) {
        throw new Hdf5Exception(path + " is not an array of 1 to " + MAX_RANK + " dimensions");
      }
      long[] sizes = new long[(int) rank];
      Handle.check(H5Sget_simple_extent_dims(space.id(), sizes, (long[]) null), path);
      var what = "values of " + path;
      long values = 1;
      for (long size : sizes) {
        values = limited(values * limited(size, MAX_VALUES, what), MAX_VALUES, what);
      }
      if (values == 0) {
        throw new Hdf5Exception(path + " is empty");
      }
      if (H5Pget_external_count(creation.id()) != 0
          || H5Pget_layout(creation.id()) == H5D_VIRTUAL) {
        throw new Hdf5Exception(path + " has its values in another file, which is not opened");
      }
      long stored = H5Dget_storage_size(dataset.id());
      boolean filtered = H5Pget_nfilters(creation.id()) > 0;
      if (filtered ? stored == 0 : stored < values * bytes) {
        throw new Hdf5Exception(
            path + " declares " + values + " values but only " + stored + " bytes are stored");
      }
      return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
    }
  }

  /**
   * {@code float16}, {@code float32} or {@code float64}: how a dataset that {@link #shape} accepted
   * is stored.
   */
  String type(String path) throws Hdf5Exception {
    try (var dataset = Handle.of(H5Dopen2(file.id(), path, H5P_DEFAULT()), hdf5::H5Dclose, path);
        var type = Handle.of(H5Dget_type(dataset.id()), hdf5::H5Tclose, path)) {
      return "float" + Byte.SIZE * H5Tget_size(type.id());
    }
  }

  /**
   * Reads datasets that {@link #shape} accepted, by Deeplearning4j's reader of Keras files;
   * converted to float32, row-major.
   */
  List<float[]> values(List<String> datasets) throws Hdf5Exception {
    for (var dataset : datasets) {
      long length = Arrays.stream(shape(dataset)).asLongStream().reduce(1, Math::multiplyExact);
      valuesRead = limited(valuesRead + length, MAX_VALUES, "values up to " + dataset);
    }
    var all = new ArrayList<float[]>();
    // The archive leaves native objects open when it fails: the scope closes them.
    try (var scope = new PointerScope(H5File.class, Group.class, DataSet.class, DataSpace.class);
        var archive = new Hdf5Archive(path.toString())) {
      for (var dataset : datasets) {
        all.add(values(archive, dataset));
      }
    }
    return all;
  }

  private static float[] values(Hdf5Archive archive, String dataset) throws Hdf5Exception {
    int slash = dataset.lastIndexOf('/');
    var groups = Arrays.stream(dataset.substring(0, slash).split("/")).filter(g -> !g.isEmpty());
    try (var array =
        archive.readDataSet(dataset.substring(slash + 1), groups.toArray(String[]::new))) {
      return array.data().asFloat();
    } catch (UnsupportedKerasConfigurationException | RuntimeException e) {
      throw new Hdf5Exception("cannot read the values of " + dataset, e);
    }
  }

  private static long limited(long size, long limit, String what) throws Hdf5Exception {
    if (size < 0 || size > limit) {
      throw new Hdf5Exception("implausible number of " + what + ": " + Long.toUnsignedString(size));
    }
    return size;
  }

  @Override
  public void close() {
    file.close();
  }
}
