package org.aand.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.aand.nn.Parameters;
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
  private final Pass pass;
  private final Parameters parameters;
  private final Map<String, String> names;
  private final double rate;
  private final Map<String, double[]> gradients = new HashMap<>();
  private final Map<String, Double> magnitudes = new HashMap<>();

  /**
   * @param names ours by the reference's
   */
  FirstStep(
      GoldenCase golden, Pass pass, Parameters parameters, Map<String, String> names, double rate) {
    this.golden = golden;
    this.pass = pass;
    this.parameters = parameters;
    this.names = names;
    this.rate = rate;
  }

  void before(Function<String, INDArray> gradientOf) {
    names.forEach(
        (torch, ours) -> {
          golden.compareWithin("before/" + torch, samples("before/" + torch, ours), 0);
          var gradient = TorchParameter.of(gradientOf.apply(ours));
          magnitudes.put(torch, gradient.norm() / Math.sqrt(gradient.length()));
          int k = golden.input("before/" + torch).values().length;
          gradients.put(torch, gradient.samples(k));
        });
  }

  void after() {
    names.forEach(
        (torch, ours) -> {
          var array = "after1/" + torch;
          double[] actual = samples(array, ours);
          golden.relative("longest move of " + torch, 1, Math.max(1, longest(torch, actual)), 1e-3);
          switch (pass.kind()) {
            case EXACT -> {
              if (pass.unknown() > 0) {
                forgive(torch, golden.input(array).values(), actual, pass.unknown());
              }
              golden.compare(array, actual, pass.type());
            }
            case SINGLE -> pass.keep(array, actual);
            case SAME_SIDES -> {
              double[] inFloat = pass.kept(array);
              forgive(torch, actual, inFloat, 0);
              pass.compareKept(array, actual, inFloat);
            }
          }
        });
  }

  private double[] samples(String array, String ours) {
    return TorchParameter.of(parameters.get(ours)).samples(golden.input(array).values().length);
  }

  /** In learning rates. */
  private double longest(String torch, double[] actual) {
    double[] before = golden.input("before/" + torch).values();
    double longest = 0;
    for (int i = 0; i < actual.length; i++) {
      longest = Math.max(longest, Math.abs(actual[i] - before[i]) / rate);
    }
    return longest;
  }

  private void forgive(String torch, double[] expected, double[] actual, double unknown) {
    double[] gradient = gradients.get(torch);
    double threshold = (ROUNDING + CONCENTRATION * unknown) * magnitudes.get(torch);
    for (int i = 0; i < actual.length; i++) {
      if (Math.abs(gradient[i]) < threshold) {
        actual[i] = expected[i];
      }
    }
  }
}
