package org.aand.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.aand.nn.Parameters;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Parameters around the first step of the optimiser.
 *
 * <p>The first step moves every element by the learning rate times its gradient's sign, unless the
 * gradient is next to nothing. In float32 a gradient far below its tensor's typical size is
 * rounding, sign included; there only the length of the move is checked.
 */
final class FirstStep {
  /** Part of a gradient tensor's root mean square below which an element may be rounding. */
  private static final double ROUNDING = 1e-2;

  /** How much more than the whole tensor a single element's gradient may be off. */
  private static final double CONCENTRATION = 10;

  private final GoldenCase golden;
  private final Parameters parameters;
  private final Map<String, String> names;
  private final double rate;
  private final DataType type;
  private final double gradientChange;
  private final Map<String, double[]> gradients = new HashMap<>();
  private final Map<String, Double> magnitudes = new HashMap<>();

  /**
   * @param names ours by the reference's
   * @param gradientChange see {@link ReluSigns}
   */
  FirstStep(
      GoldenCase golden,
      Parameters parameters,
      Map<String, String> names,
      double rate,
      DataType type,
      double gradientChange) {
    this.golden = golden;
    this.parameters = parameters;
    this.names = names;
    this.rate = rate;
    this.type = type;
    this.gradientChange = gradientChange;
  }

  void before(Function<String, INDArray> gradientOf) {
    names.forEach(
        (torch, ours) -> {
          golden.compareWithin("before/" + torch, samples("before/" + torch, ours), 0);
          double[] gradient = Tensors.torchParameter(gradientOf.apply(ours));
          magnitudes.put(torch, Tensors.norm(gradient) / Math.sqrt(gradient.length));
          int k = golden.input("before/" + torch).values().length;
          gradients.put(torch, TorchLayout.samples(gradient, k));
        });
  }

  void after() {
    names.forEach(
        (torch, ours) -> {
          double[] actual = samples("after1/" + torch, ours);
          if (type == DataType.FLOAT || gradientChange > 0) {
            forgiveRounding(torch, actual);
          }
          golden.compare("after1/" + torch, actual, type);
        });
  }

  private double[] samples(String array, String ours) {
    double[] values = Tensors.torchParameter(parameters.get(ours));
    return TorchLayout.samples(values, golden.input(array).values().length);
  }

  private void forgiveRounding(String torch, double[] actual) {
    double[] before = golden.input("before/" + torch).values();
    double[] after = golden.input("after1/" + torch).values();
    double[] gradient = gradients.get(torch);
    double threshold = (ROUNDING + CONCENTRATION * gradientChange) * magnitudes.get(torch);
    double longest = 0;
    for (int i = 0; i < actual.length; i++) {
      if (Math.abs(gradient[i]) < threshold) {
        longest = Math.max(longest, Math.abs(actual[i] - before[i]) / rate);
        actual[i] = after[i];
      }
    }
    golden.relative("longest move of " + torch, 1, Math.max(1, longest), 1e-3);
  }
}
