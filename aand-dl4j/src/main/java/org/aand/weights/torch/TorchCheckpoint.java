package org.aand.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.aand.common.InputException;
import org.aand.common.PrintableName;
import org.aand.common.file.FileKind;
import org.aand.common.file.IoReason;

/**
 * The tensors of a checkpoint, by name: a zip archive of {@code torch.save} (since 1.6), its older
 * format, or safetensors; distinguished by their first bytes.
 *
 * <p>A state dictionary may be wrapped in others, as long as it is clear which one is meant. The
 * prefix of the residual network's names is taken off, be it the {@code module.} that data-parallel
 * training leaves or the network's place in a larger one, such as {@code backbone.}. Nothing of a
 * pickle is run. Values are read when asked for. Not for several threads.
 */
public final class TorchCheckpoint implements AutoCloseable {
  /**
   * What is known of a tensor without reading its values.
   *
   * @param type of its elements
   * @param shape its sizes, none for a scalar
   */
  public record Tensor(ElementType type, List<Long> shape) {}

  private static final int SNIFFED = 9;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]");
  private static final int MAX_NAME = 512;

  private final Path file;
  private final Container container;
  private final Map<String, StoredTensor> stored;
  private final List<String> others;
  private final Set<String> outside;

  private TorchCheckpoint(Path file, Container container) throws TorchCheckpointException {
    this.file = file;
    this.container = container;
    var contents = container.contents();
    this.others = contents.others();
    this.stored = new LinkedHashMap<>();
    this.outside = new LinkedHashSet<>();
    var prefix = NamePrefix.of(contents.tensors().keySet());
    for (var tensor : contents.tensors().entrySet()) {
      boolean inside = tensor.getKey().startsWith(prefix);
      var name = tensor.getKey().substring(inside ? prefix.length() : 0);
      if (name.isEmpty() || name.length() > MAX_NAME || UNPRINTABLE.matcher(name).find()) {
        throw new TorchCheckpointException(
            "it has a tensor of the unusable name " + PrintableName.of(name));
      }
      if (stored.put(name, tensor.getValue()) != null) {
        throw new TorchCheckpointException(
            "it has a tensor " + PrintableName.of(name) + " beside that of " + prefix);
      }
      if (!inside) {
        outside.add(name);
      }
    }
  }

  /**
   * Opens a file and lists what is in it.
   *
   * @throws InputException if it is no such file, is damaged, or a pickle in it asks for anything
   *     but tensors
   */
  public static TorchCheckpoint open(Path file) {
    requireFile(file);
    try {
      requireNoneOfOurs(FileKind.of(file));
      var container = container(file);
      try {
        return new TorchCheckpoint(file, container);
      } catch (TorchCheckpointException e) {
        container.close();
        throw e;
      }
    } catch (IOException | TorchCheckpointException | IllegalArgumentException e) {
      throw unusable(file, e);
    }
  }

  /** Whether a file begins as one of these formats does; not that it is a whole one. */
  public static boolean looksLikeOne(Path file) {
    requireFile(file);
    try {
      return format(start(file)).isPresent();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static void requireNoneOfOurs(FileKind kind) throws TorchCheckpointException {
    if (kind == FileKind.MODEL || kind == FileKind.TEACHER) {
      throw new TorchCheckpointException("it is " + kind.description() + ", not a checkpoint");
    }
  }

  private static Container container(Path file) throws IOException, TorchCheckpointException {
    return switch (format(start(file)).orElse(Format.NONE)) {
      case ZIP ->
          Container.of(new ZipFile(file.toFile()), zip -> TorchZip.parse(zip, Files.size(file)));
      case LEGACY -> Container.of(FileChannel.open(file), TorchLegacy::parse);
      case SAFETENSORS -> Container.of(FileChannel.open(file), SafeTensors::parse);
      case NONE ->
          throw new TorchCheckpointException(
              "it is neither a checkpoint of torch.save (.pth, .pt) nor safetensors, but "
                  + FileKind.of(file).description());
    };
  }

  private enum Format {
    ZIP,
    LEGACY,
    SAFETENSORS,
    NONE
  }

  private static Optional<Format> format(byte[] start) {
    if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
      return Optional.of(Format.ZIP);
    }
    if (start.length > 0
        && start[0] == (byte) 0x80
        && !(start.length == SNIFFED && start[8] == '{')) {
      return Optional.of(Format.LEGACY);
    }
    return start.length == SNIFFED && start[SNIFFED - 1] == '{'
        ? Optional.of(Format.SAFETENSORS)
        : Optional.empty();
  }

  private static byte[] start(Path file) throws IOException {
    try (var channel = FileChannel.open(file)) {
      var buffer = ByteBuffer.allocate((int) Math.min(SNIFFED, channel.size()));
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      return buffer.array();
    }
  }

  private static void requireFile(Path file) {
    if (Files.notExists(file)) {
      throw new InputException("there is no file " + file + "; check the path");
    }
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file + " is not a file; name the .pth, .pt or .safetensors file with the weights");
    }
    try {
      if (Files.size(file) == 0) {
        throw new InputException(file + " is empty; get it again");
      }
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static InputException unusable(Path file, Exception e) {
    return new InputException(
        "cannot read weights from "
            + file
            + ": "
            + reason(e)
            + "; get the file again, or save model.state_dict() alone",
        e);
  }

  private static String reason(Exception e) {
    if (e instanceof ZipException) {
      return "the archive is damaged or cut short (" + e.getMessage() + ")";
    }
    return e instanceof IOException io ? IoReason.of(io) : String.valueOf(e.getMessage());
  }

  /** What the format is called. */
  public String format() {
    return container.format();
  }

  /** Every tensor by name, in the file's order. */
  public Map<String, Tensor> tensors() {
    var tensors = new LinkedHashMap<String, Tensor>();
    stored.forEach(
        (name, tensor) -> tensors.put(name, new Tensor(tensor.storage().type(), tensor.shape())));
    return Collections.unmodifiableMap(tensors);
  }

  /** Names of entries beside the tensors that are none. */
  public List<String> others() {
    return others;
  }

  /** Names of tensors beside the residual network, where it is part of a larger one. */
  public Set<String> outside() {
    return Collections.unmodifiableSet(outside);
  }

  /**
   * The values of a tensor of floating-point numbers, as float32, row by row.
   *
   * @throws InputException if they are damaged or too many
   * @throws IllegalArgumentException if there is no such tensor, or it is not of floating-point
   *     numbers
   */
  public float[] values(String name) {
    var tensor = stored.get(name);
    if (tensor == null || !tensor.storage().type().floating()) {
      throw new IllegalArgumentException("no tensor of floating-point numbers: " + name);
    }
    try {
      return StoredValues.read(container.storages(), tensor);
    } catch (IOException | TorchCheckpointException e) {
      throw unusable(file, e);
    }
  }

  @Override
  public void close() {
    try {
      container.close();
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }
}
