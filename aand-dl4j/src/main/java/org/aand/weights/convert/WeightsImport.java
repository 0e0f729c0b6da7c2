package org.aand.weights.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.common.file.Sha256;
import org.aand.network.teacher.Backbone;
import org.aand.weights.WeightTensor;
import org.aand.weights.keras.KerasWeightsFile;
import org.aand.weights.torch.TorchCheckpoint;

/**
 * Turns a checkpoint of torchvision's or timm's residual networks into the HDF5 file that {@link
 * org.aand.weights.keras.TeacherWeights} reads.
 *
 * @param format of the checkpoint
 * @param sourceSha256 of the checkpoint, which the written file also carries
 * @param sha256 of the written file
 * @param tensors that were written
 * @param values in them
 * @param leftOut tensors of the checkpoint that a backbone has no use for: those behind its third
 *     stage, and how many batches a normalisation has seen
 */
public record WeightsImport(
    String format, String sourceSha256, String sha256, int tensors, long values, int leftOut) {
  /**
   * Reads a checkpoint, checks that all tensors of the backbone are there in their shapes and no
   * others, transposes the kernels to {@code [kH, kW, in, out]}, and writes them as float32.
   *
   * @param from a checkpoint of {@code torch.save} or safetensors
   * @param out written whole or not at all; replaced if it is there
   * @throws InputException if the checkpoint cannot be read, does not fit the backbone, or has
   *     values that are not finite or variances that are negative; or if the file cannot be written
   */
  public static WeightsImport execute(Path from, Backbone backbone, Path out) {
    requireOther(from, out);
    try (var checkpoint = TorchCheckpoint.open(from)) {
      var fit = CheckpointFit.of(checkpoint, backbone);
      if (!fit.fits()) {
        throw new InputException(
            from
                + " does not fit "
                + backbone.name()
                + " ("
                + CheckpointFit.advice(checkpoint)
                + "): "
                + fit.describe()
                + "; \"weights info\" lists all tensors");
      }
      var tensors = tensors(from, checkpoint, backbone);
      var sourceSha256 = Sha256.sha256(from);
      var sha256 = KerasWeightsFile.write(out, tensors, Optional.of(sourceSha256));
      return new WeightsImport(
          checkpoint.format(),
          sourceSha256,
          sha256,
          tensors.size(),
          tensors.stream().mapToLong(tensor -> tensor.values().length).sum(),
          checkpoint.tensors().size() - tensors.size());
    }
  }

  private static List<WeightTensor> tensors(
      Path from, TorchCheckpoint checkpoint, Backbone backbone) {
    var tensors = new ArrayList<WeightTensor>();
    var flaws = new ArrayList<String>();
    for (var counterpart : TensorMapping.of(backbone)) {
      var tensor = counterpart.tensor(checkpoint.values(counterpart.torch()));
      tensor.flaw().ifPresent(flaw -> flaws.add(counterpart.torch() + " " + flaw));
      tensors.add(tensor);
    }
    if (!flaws.isEmpty()) {
      throw new InputException(
          from + ": " + String.join(", ", flaws) + "; get weights without such values");
    }
    return tensors;
  }

  private static void requireOther(Path from, Path out) {
    try {
      if (Files.exists(from) && Files.exists(out) && Files.isSameFile(from, out)) {
        throw new InputException(out + " is the checkpoint itself; name another file with --out");
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot compare " + from + " with " + out + " (" + IoReason.of(e) + ")", e);
    }
  }
}
