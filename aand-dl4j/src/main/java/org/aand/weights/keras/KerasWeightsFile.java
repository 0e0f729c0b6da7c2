package org.aand.weights.keras;

import static org.bytedeco.hdf5.global.hdf5.*;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.Sha256;
import org.aand.weights.WeightTensor;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;

/**
 * Writes weight tensors as {@code model.save_weights("x.h5")} of Keras 2 does, float32. Equal
 * tensors of an equal source give equal files, byte for byte.
 */
public final class KerasWeightsFile {
  /** The root's attribute with the SHA-256 of the file that the weights were taken from. */
  static final String SOURCE = "source_sha256";

  private static final int FLUSH_WHOLE_FILE = 1;

  private KerasWeightsFile() {}

  /** {@link #write(Path, Collection, Optional)} of weights that come from no file. */
  public static String write(Path file, Collection<WeightTensor> tensors) {
    return write(file, tensors, Optional.empty());
  }

  /**
   * Writes a file, replacing one that is there; layers in the order of their first tensors.
   *
   * @param sourceSha256 of the file that the weights were taken from; Keras ignores it
   * @return SHA-256 of what was written, which cannot always be read again
   * @throws InputException if it cannot be written; nothing is left behind then
   * @throws IllegalArgumentException if a tensor comes twice or a name is empty or has a slash
   */
  public static String write(
      Path file, Collection<WeightTensor> tensors, Optional<String> sourceSha256) {
    var layers = byLayer(tensors);
    var sha256 = new AtomicReference<>("");
    AtomicFile.writeByPath(
        file,
        path -> {
          try {
            synchronized (Hdf5Archive.LOCK_OBJECT) {
              writeHdf5(path, layers, sourceSha256);
            }
          } catch (Hdf5Exception e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
          }
          sha256.set(Sha256.sha256(path));
        });
    return Objects.requireNonNull(sha256.get());
  }

  private static Map<String, Map<String, WeightTensor>> byLayer(Collection<WeightTensor> tensors) {
    var layers = new LinkedHashMap<String, Map<String, WeightTensor>>();
    for (var tensor : tensors) {
      for (var name : List.of(tensor.layer(), tensor.variable())) {
        if (name.isEmpty() || name.contains("/")) {
          throw new IllegalArgumentException("no name for a layer or variable: \"" + name + "\"");
        }
      }
      var variables = layers.computeIfAbsent(tensor.layer(), layer -> new LinkedHashMap<>());
      if (variables.put(tensor.variable(), tensor) != null) {
        throw new IllegalArgumentException(tensor.name() + " twice");
      }
    }
    return layers;
  }

  private static void writeHdf5(
      Path path, Map<String, Map<String, WeightTensor>> layers, Optional<String> sourceSha256)
      throws Hdf5Exception {
    Hdf5Input.silence();
    var created = H5Fcreate(path.toString(), H5F_ACC_TRUNC(), H5P_DEFAULT(), H5P_DEFAULT());
    try (var file = Handle.of(created, hdf5::H5Fclose, "making the file")) {
      writeTexts(file, "layer_names", List.copyOf(layers.keySet()));
      // Without these Keras takes a file for one of Keras 1, whose kernels were laid out otherwise.
      writeTexts(file, "backend", List.of("tensorflow"));
      writeTexts(file, "keras_version", List.of("2.15.0"));
      if (sourceSha256.isPresent()) {
        writeTexts(file, SOURCE, List.of(sourceSha256.get()));
      }
      for (var layer : layers.entrySet()) {
        try (var group = group(file, layer.getKey())) {
          var tensors = layer.getValue().values();
          writeTexts(group, "weight_names", tensors.stream().map(t -> t.name() + ":0").toList());
          try (var inner = group(group, layer.getKey())) {
            for (var tensor : tensors) {
              writeTensor(inner, tensor);
            }
          }
        }
      }
      Handle.check(H5Fflush(file.id(), FLUSH_WHOLE_FILE), "writing the file");
    }
  }

  private static Handle group(Handle parent, String name) throws Hdf5Exception {
    return Handle.of(
        H5Gcreate2(parent.id(), name, H5P_DEFAULT(), H5P_DEFAULT(), H5P_DEFAULT()),
        hdf5::H5Gclose,
        "making group " + name);
  }

  /** An array of texts padded to the longest; one text is a scalar, as Keras has its version. */
  private static void writeTexts(Handle object, String attribute, List<String> texts)
      throws Hdf5Exception {
    var encoded = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    int width = encoded.stream().mapToInt(bytes -> bytes.length).max().orElse(1);
    var what = "writing attribute " + attribute;
    byte[] all = new byte[Math.max(1, width * texts.size())];
    for (int i = 0; i < texts.size(); i++) {
      System.arraycopy(encoded.get(i), 0, all, i * width, encoded.get(i).length);
    }
    boolean list = attribute.endsWith("_names");
    long shape =
        list ? H5Screate_simple(1, new long[] {texts.size()}, null) : H5Screate(H5S_SCALAR);
    try (var type = Handle.of(H5Tcopy(H5T_C_S1_g()), hdf5::H5Tclose, what);
        var space = Handle.of(shape, hdf5::H5Sclose, what);
        var buffer = new BytePointer(all)) {
      Handle.check(H5Tset_size(type.id(), width), what);
      Handle.check(H5Tset_strpad(type.id(), H5T_STR_NULLPAD), what);
      long created =
          H5Acreate2(object.id(), attribute, type.id(), space.id(), H5P_DEFAULT(), H5P_DEFAULT());
      try (var handle = Handle.of(created, hdf5::H5Aclose, what)) {
        Handle.check(H5Awrite(handle.id(), type.id(), buffer), what);
      }
    }
  }

  private static void writeTensor(Handle group, WeightTensor tensor) throws Hdf5Exception {
    var what = "writing " + tensor.name();
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    try (var space = Handle.of(H5Screate_simple(shape.length, shape, null), hdf5::H5Sclose, what);
        var creation = Handle.of(H5Pcreate(H5P_CLS_DATASET_CREATE_ID_g()), hdf5::H5Pclose, what);
        var buffer = new FloatPointer(tensor.values())) {
      // The time of writing would make every file another.
      Handle.check(H5Pset_obj_track_times(creation.id(), false), what);
      long created =
          H5Dcreate2(
              group.id(),
              tensor.variable() + ":0",
              H5T_IEEE_F32LE_g(),
              space.id(),
              H5P_DEFAULT(),
              creation.id(),
              H5P_DEFAULT());
      try (var dataset = Handle.of(created, hdf5::H5Dclose, what)) {
        Handle.check(
            H5Dwrite(
                dataset.id(), H5T_NATIVE_FLOAT_g(), H5S_ALL(), H5S_ALL(), H5P_DEFAULT(), buffer),
            what);
      }
    }
  }
}
