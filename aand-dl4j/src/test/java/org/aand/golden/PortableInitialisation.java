package org.aand.golden;

import java.util.regex.Pattern;
import org.aand.network.ParameterSpec;
import org.aand.nn.Parameters;

/** Which distribution the portable generator gives each kind of parameter. */
final class PortableInitialisation {
  private static final Pattern TRANSPOSED =
      Pattern.compile("dec\\.layer\\d\\.0\\.(conv2|upsample\\.0)\\.weight");

  private PortableInitialisation() {}

  /**
   * The values of a parameter other than a running statistic, in our layout.
   *
   * @param torch its name in the reference implementation
   * @param before the parameters so far; a bias follows its kernel
   */
  static double[] of(
      PortableParameters generator, String torch, ParameterSpec spec, Parameters before) {
    int count = Math.toIntExact(spec.length());
    int slash = spec.name().indexOf('/');
    return switch (spec.name().substring(slash + 1)) {
      case "kernel" -> kernel(generator, torch, count, spec.dimensions());
      case "bias" -> {
        long inputs = before.get(spec.name().substring(0, slash) + "/kernel").size(2);
        yield generator.symmetric(torch, Math.sqrt(1.0 / inputs), count);
      }
      case "gamma" -> gamma(generator, torch, count, 1);
      case "beta" -> beta(generator, torch, count, 1);
      case "items" -> generator.symmetric(torch, Math.sqrt(3), count);
      default -> throw new IllegalArgumentException(spec.name());
    };
  }

  private static double[] kernel(
      PortableParameters generator, String torch, int count, long[] shape) {
    boolean transposed = TRANSPOSED.matcher(torch).matches();
    // Of a transposed kernel the output channels come third, of a plain one last.
    long fan = (transposed ? shape[2] : shape[3]) * shape[0] * shape[1];
    double bound = Math.sqrt((transposed ? 1.0 : 6.0) / fan);
    double[] values = new double[count];
    long key = generator.key(torch);
    int at = 0;
    for (long y = 0; y < shape[0]; y++) {
      for (long x = 0; x < shape[1]; x++) {
        for (long i = 0; i < shape[2]; i++) {
          for (long j = 0; j < shape[3]; j++) {
            long index = ((j * shape[2] + i) * shape[0] + y) * shape[1] + x;
            values[at++] = PortableParameters.symmetric(key, index, bound);
          }
        }
      }
    }
    return values;
  }

  /** {@code 1/2 + u}. */
  static double[] gamma(PortableParameters generator, String torch, int count, long stride) {
    double[] values = generator.uniform(torch, count, stride);
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.5 + values[i]);
    }
    return values;
  }

  static double[] beta(PortableParameters generator, String torch, int count, long stride) {
    return generator.symmetric(torch, 0.3, count, stride);
  }
}
