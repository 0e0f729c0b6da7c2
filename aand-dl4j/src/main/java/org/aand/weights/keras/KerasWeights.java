package org.aand.weights.keras;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.aand.common.InputException;
import org.aand.common.file.FileKind;
import org.aand.common.file.IoReason;
import org.aand.weights.WeightTensor;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;

/**
 * The weight tensors of a Keras HDF5 file, by layer and variable; float16, float32 or float64 in
 * the file, float32 here.
 *
 * <p>Three layouts are read:
 *
 * <ul>
 *   <li>what {@code model.save_weights("x.h5")} of Keras 2 writes: the root's attribute {@code
 *       layer_names}, a group per layer with an attribute {@code weight_names}, datasets such as
 *       {@code conv1_conv/conv1_conv/kernel:0}
 *   <li>what {@code model.save("x.h5")} writes: the same below {@code model_weights}, with the
 *       model's {@code model_config}, of which the epsilons of batch normalisation are read
 *   <li>what {@code model.save_weights("x.weights.h5")} of Keras 3 writes: datasets {@code
 *       layers/.../vars/0, 1, ...}; the layer's name is the attribute {@code name} of {@code vars}
 *       if it is there, otherwise its group's name. Four vectors are read as gamma, beta,
 *       moving_mean, moving_variance, a tensor of more dimensions and what follows it as kernel and
 *       bias; variables of any other layer keep their numbers as names
 * </ul>
 *
 * <p>Layers of nested models are listed under their own names. Immutable as long as nobody writes
 * to the tensors' arrays.
 */
public final class KerasWeights {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private final Map<String, Map<String, WeightTensor>> layers;
  private final Map<String, String> types;
  private final Map<String, Double> epsilons;
  private final Optional<String> sourceSha256;

  private KerasWeights(
      Map<String, Map<String, WeightTensor>> layers,
      Map<String, String> types,
      Map<String, Double> epsilons,
      Optional<String> sourceSha256) {
    this.layers = Collections.unmodifiableMap(layers);
    this.types = Collections.unmodifiableMap(types);
    this.epsilons = epsilons;
    this.sourceSha256 = sourceSha256;
  }

  /**
   * Reads all layers.
   *
   * @throws InputException if the file is missing, damaged, or holds no Keras weights
   */
  public static KerasWeights read(Path file) {
    return read(file, layer -> true);
  }

  /**
   * Reads some layers.
   *
   * @param wanted which, by name
   * @throws InputException if the file is missing, damaged, or holds no Keras weights
   */
  public static KerasWeights read(Path file, Predicate<String> wanted) {
    requireHdf5(file);
    synchronized (Hdf5Archive.LOCK_OBJECT) {
      try (var input = Hdf5Input.open(file)) {
        return read(input, wanted);
      } catch (Hdf5Exception | RuntimeException e) {
        throw new InputException(
            "cannot read weights from "
                + file
                + ": "
                + e.getMessage()
                + "; the file may be damaged or cut short: get it again, or save the weights again"
                + " with Keras",
            e);
      }
    }
  }

  private static KerasWeights read(Hdf5Input input, Predicate<String> wanted) throws Hdf5Exception {
    var entries = KerasLayout.entries(input).stream().filter(e -> wanted.test(e.layer())).toList();
    var values = input.values(entries.stream().map(KerasLayout.Entry::path).toList());
    var layers = new LinkedHashMap<String, Map<String, WeightTensor>>();
    var types = new LinkedHashMap<String, String>();
    for (int i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      var tensor =
          new WeightTensor(
              entry.layer(), entry.variable(), input.shape(entry.path()), values.get(i));
      var before =
          layers
              .computeIfAbsent(entry.layer(), name -> new LinkedHashMap<>())
              .put(entry.variable(), tensor);
      if (before != null) {
        throw new Hdf5Exception("it has " + tensor.name() + " twice");
      }
      types.put(tensor.name(), input.type(entry.path()));
    }
    layers.replaceAll((name, variables) -> Collections.unmodifiableMap(variables));
    var config = input.texts("/", "model_config").filter(texts -> texts.size() == 1);
    return new KerasWeights(
        layers,
        types,
        config.isPresent() ? ModelConfig.epsilons(config.get().get(0)) : Map.of(),
        input
            .texts("/", KerasWeightsFile.SOURCE)
            .filter(texts -> texts.size() == 1)
            .map(texts -> texts.get(0)));
  }

  /** Tensors by layer, then by variable, in the file's order. Layers without any are not listed. */
  public Map<String, Map<String, WeightTensor>> layers() {
    return layers;
  }

  /** A tensor by its {@code layer/variable}. */
  public Optional<WeightTensor> find(String name) {
    int slash = name.lastIndexOf('/');
    return Optional.ofNullable(
        layers
            .getOrDefault(name.substring(0, Math.max(0, slash)), Map.of())
            .get(name.substring(slash + 1)));
  }

  /** All tensors in the file's order. */
  public List<WeightTensor> tensors() {
    var all = new ArrayList<WeightTensor>();
    layers.values().forEach(variables -> all.addAll(variables.values()));
    return all;
  }

  /** How each tensor is stored in the file, by name: {@code float16}, {@code float32}, ... */
  public Map<String, String> types() {
    return types;
  }

  /** SHA-256 of the file that these weights were imported from, if this file tells. */
  public Optional<String> sourceSha256() {
    return sourceSha256;
  }

  /** Number of values in all. */
  public long count() {
    return tensors().stream().mapToLong(tensor -> tensor.values().length).sum();
  }

  /** Epsilon of the batch normalisations, by layer; empty if the file does not tell. */
  public Map<String, Double> epsilons() {
    return epsilons;
  }

  private static void requireHdf5(Path file) {
    if (Files.notExists(file)) {
      throw new InputException("there is no weights file " + file + "; check the path");
    }
    if (!Files.isRegularFile(file)) {
      throw new InputException(file + " is not a file; name the .h5 file with the weights");
    }
    try (var channel = FileChannel.open(file)) {
      if (channel.size() == 0) {
        throw new InputException("weights file " + file + " is empty; get it again");
      }
      if (!hasSignature(channel)) {
        throw new InputException(
            file
                + " is not an HDF5 file: it is "
                + FileKind.of(file).description()
                + "; expected are the weights of a Keras model (.h5; of a .keras file by"
                + " model.save_weights(\"x.weights.h5\")), or what \"weights import\" makes of .pth"
                + " and .safetensors files");
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot read " + file + " (" + IoReason.of(e) + "); check its permissions", e);
    }
  }

  /** The signature is at the start, or behind a user block of 512, 1024, 2048, ... bytes. */
  private static boolean hasSignature(FileChannel channel) throws IOException {
    long size = channel.size();
    for (long at = 0; at < size; at = at == 0 ? 512 : 2 * at) {
      if (starts(channel, at, SIGNATURE)) {
        return true;
      }
    }
    return false;
  }

  private static boolean starts(FileChannel channel, long at, byte[] expected) throws IOException {
    var buffer = ByteBuffer.allocate(expected.length);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
    return buffer.flip().equals(ByteBuffer.wrap(expected));
  }
}
