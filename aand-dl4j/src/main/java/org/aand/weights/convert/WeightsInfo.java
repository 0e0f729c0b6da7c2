package org.aand.weights.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.aand.common.InputException;
import org.aand.common.PrintableName;
import org.aand.common.file.Sha256;
import org.aand.network.teacher.Backbone;
import org.aand.weights.WeightsFit;
import org.aand.weights.keras.KerasFit;
import org.aand.weights.keras.KerasWeights;
import org.aand.weights.torch.TorchCheckpoint;

/**
 * What is in a file of weights, and which backbone it fits.
 *
 * @param format what the file is
 * @param sha256 of the file
 * @param sourceSha256 of the checkpoint that it was imported from, if it tells
 * @param tensors in the file's order
 * @param backbone the one that it fits, by its tensors' names and shapes
 * @param obstacles what keeps the file from being used, each in one line: how it differs from the
 *     nearest backbone, or tensors with values that no weights have
 */
public record WeightsInfo(
    String format,
    String sha256,
    Optional<String> sourceSha256,
    List<Row> tensors,
    Optional<String> backbone,
    List<String> obstacles) {
  /**
   * One tensor.
   *
   * @param name as it can be shown
   * @param type of its elements in the file
   * @param shape its sizes
   */
  public record Row(String name, String type, List<Long> shape) {
    /** Number of values. */
    public long count() {
      return shape.stream().reduce(1L, (a, b) -> a * b);
    }
  }

  /** Takes copies. */
  public WeightsInfo {
    tensors = List.copyOf(tensors);
    obstacles = List.copyOf(obstacles);
  }

  /**
   * Reads a Keras HDF5 file, a checkpoint of {@code torch.save} or safetensors.
   *
   * @throws InputException if it is none of these or damaged
   */
  public static WeightsInfo of(Path file) {
    if (TorchCheckpoint.looksLikeOne(file)) {
      try (var checkpoint = TorchCheckpoint.open(file)) {
        return of(file, checkpoint);
      }
    }
    return of(file, KerasWeights.read(file));
  }

  /** Number of values in all. */
  public long count() {
    return tensors.stream().mapToLong(Row::count).sum();
  }

  private static WeightsInfo of(Path file, TorchCheckpoint checkpoint) {
    var rows = new ArrayList<Row>();
    checkpoint
        .tensors()
        .forEach(
            (name, tensor) -> rows.add(new Row(name, tensor.type().toString(), tensor.shape())));
    var backbone = CheckpointFit.backbone(checkpoint);
    var obstacles =
        backbone.isPresent()
            ? TensorMapping.of(backbone.get()).stream()
                .flatMap(
                    c ->
                        c.tensor(checkpoint.values(c.torch())).flaw().stream()
                            .map(flaw -> c.torch() + " " + flaw))
                .toList()
            : List.of(
                nearest(b -> CheckpointFit.of(checkpoint, b)), CheckpointFit.advice(checkpoint));
    return new WeightsInfo(
        checkpoint.format(),
        Sha256.sha256(file),
        Optional.empty(),
        rows,
        backbone.map(Backbone::name),
        obstacles);
  }

  private static WeightsInfo of(Path file, KerasWeights weights) {
    var rows =
        weights.tensors().stream()
            .map(
                tensor ->
                    new Row(
                        PrintableName.of(tensor.name()),
                        weights.types().getOrDefault(tensor.name(), "?"),
                        tensor.sizes()))
            .toList();
    var backbone =
        Backbone.NAMES.stream()
            .filter(name -> KerasFit.of(weights, Backbone.named(name)).fits())
            .findFirst();
    var obstacles =
        backbone.isPresent()
            ? weights.tensors().stream()
                .filter(tensor -> KerasFit.mayBeOfBackbone(tensor.layer()))
                .flatMap(tensor -> tensor.flaw().stream().map(flaw -> tensor.name() + " " + flaw))
                .toList()
            : List.of(nearest(b -> KerasFit.of(weights, b)));
    return new WeightsInfo(
        "Keras HDF5",
        Sha256.sha256(file),
        weights.sourceSha256().map(PrintableName::of),
        rows,
        backbone,
        obstacles);
  }

  /** How a file differs from the backbone that it differs least from. */
  private static String nearest(Function<Backbone, WeightsFit> fit) {
    var backbone =
        Backbone.NAMES.stream()
            .map(Backbone::named)
            .min(Comparator.comparingInt(b -> fit.apply(b).differences()))
            .orElseThrow();
    return "nearest is " + backbone.name() + ": " + fit.apply(backbone).describe();
  }
}
