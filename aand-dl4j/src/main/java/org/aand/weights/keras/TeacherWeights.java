package org.aand.weights.keras;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.aand.common.InputException;
import org.aand.common.file.Sha256;
import org.aand.network.Net;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.weights.WeightTensor;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A teacher's trained weights.
 *
 * @param parameters every parameter of the backbone and no other, float32, as if no convolution had
 *     a bias and every batch normalisation added {@link Net#EPSILON}. Off-heap, closed with this
 * @param sha256 of the file, 64 hexadecimal digits
 */
public record TeacherWeights(Parameters parameters, String sha256) implements AutoCloseable {

  /** {@link #load(Path, Backbone, OptionalDouble)} with the file's epsilon. */
  public static TeacherWeights load(Path file, Backbone backbone) {
    return load(file, backbone, OptionalDouble.empty());
  }

  /**
   * Reads a Keras file of any layout that {@link KerasWeights} knows.
   *
   * <p>All tensors of the backbone have to be there in their shapes, and no others, except those of
   * the layers behind the third stage in a full network ({@code conv5_...}, {@code predictions},
   * {@code probs}, {@code fc}), which are not read.
   *
   * <p>The epsilon is the given one, or each layer's in the file's {@code model_config}, or {@value
   * Net#EPSILON}. The running variances are moved by its difference to {@value Net#EPSILON}, so
   * that variance plus epsilon stays what it was. A convolution's bias is taken off the running
   * mean behind it, which is the same.
   *
   * <p>Only the weights are taken from the file: a network that strides elsewhere than {@link
   * Backbone} does (Keras' own ResNet-50 in its first 1x1 convolutions) or that was trained on
   * other input has weights of the same shapes, which are not the right ones.
   *
   * @param epsilon of all layers, whatever the file says
   * @throws InputException if the file cannot be read, does not fit the backbone, or has values
   *     that are not finite or variances that are negative
   */
  public static TeacherWeights load(Path file, Backbone backbone, OptionalDouble epsilon) {
    if (epsilon.isPresent() && !(epsilon.getAsDouble() > 0 && epsilon.getAsDouble() < 1)) {
      throw new IllegalArgumentException(
          "epsilon has to be above 0 and below 1, not " + epsilon.getAsDouble());
    }
    var weights = KerasWeights.read(file, KerasFit::mayBeOfBackbone);
    var fit = KerasFit.of(weights, backbone);
    if (!fit.fits()) {
      throw new InputException(
          "weights in "
              + file
              + " do not fit "
              + backbone.name()
              + ": "
              + KerasFit.describe(fit, weights, backbone));
    }
    weights.tensors().forEach(tensor -> requireUsable(file, tensor));
    var sha256 = Sha256.sha256(file);
    var epsilons = epsilons(weights, epsilon);
    var parameters = new Parameters();
    for (var spec : backbone.parameters()) {
      put(parameters, neutral(weights, weights.find(spec.name()).orElseThrow(), epsilons));
    }
    return new TeacherWeights(parameters, sha256);
  }

  /** A tensor as if no convolution had a bias and every layer the common epsilon. */
  private static WeightTensor neutral(
      KerasWeights weights, WeightTensor tensor, Map<String, Double> epsilons) {
    return switch (tensor.variable()) {
      case "moving_variance" ->
          moved(tensor, c -> epsilons.getOrDefault(tensor.layer(), Net.EPSILON) - Net.EPSILON);
      case "moving_mean" ->
          KerasFit.biasBefore(tensor.layer())
              .flatMap(weights::find)
              .map(bias -> moved(tensor, c -> -bias.values()[c]))
              .orElse(tensor);
      default -> tensor;
    };
  }

  private static WeightTensor moved(WeightTensor tensor, IntToDoubleFunction by) {
    float[] values = tensor.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] + by.applyAsDouble(i));
    }
    return new WeightTensor(tensor.layer(), tensor.variable(), tensor.shape(), values);
  }

  /** Of every batch normalisation, by layer. */
  private static Map<String, Double> epsilons(KerasWeights weights, OptionalDouble given) {
    var epsilons = new LinkedHashMap<String, Double>();
    weights
        .layers()
        .forEach(
            (layer, variables) -> {
              if (variables.containsKey("moving_variance")) {
                epsilons.put(
                    layer, given.orElse(weights.epsilons().getOrDefault(layer, Net.EPSILON)));
              }
            });
    return epsilons;
  }

  private static void put(Parameters parameters, WeightTensor tensor) {
    long[] shape = new long[tensor.shape().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.shape()[i];
    }
    parameters.put(tensor.name(), tensor.values(), DataType.FLOAT, shape);
  }

  private static void requireUsable(Path file, WeightTensor tensor) {
    tensor
        .flaw()
        .ifPresent(
            flaw -> {
              throw new InputException(
                  "weights in "
                      + file
                      + ": "
                      + tensor.name()
                      + " "
                      + flaw
                      + "; get weights without such values");
            });
  }

  @Override
  public void close() {
    parameters.close();
  }
}
