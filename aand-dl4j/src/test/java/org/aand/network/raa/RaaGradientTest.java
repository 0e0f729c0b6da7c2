package org.aand.network.raa;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aand.nn.AddPositionalEncoding;
import org.aand.nn.GatedScaling;
import org.aand.nn.Gating;
import org.aand.nn.GradientCheck;
import org.aand.nn.MemoryMatching;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;

/** The operations of the RAA module against central differences in double precision. */
class RaaGradientTest {
  @Test
  void memoryMatching() {
    new GradientCheck("matching")
        .input("q", 2, 3, 4, 8)
        .input("k", 6, 8)
        .check(1e-6, (g, v) -> List.of(MemoryMatching.of(get(v, "q"), get(v, "k"), 3, 0.2)));
  }

  @Test
  void gatedScaling() {
    new GradientCheck("scaling")
        .input("x", 2, 3, 4, 5)
        .input("s", 2, 3, 4, 5)
        .input("gate", 24, 1)
        .check(1e-6, (g, v) -> List.of(GatedScaling.of(get(v, "x"), get(v, "s"), get(v, "gate"))));
  }

  @Test
  void gating() {
    new GradientCheck("gating")
        .input("v", 2, 3, 4, 5)
        .input("gate", 24, 1)
        .check(1e-6, (g, v) -> List.of(Gating.of(get(v, "v"), get(v, "gate"))));
  }

  @Test
  void positionalEncodingPassesTheGradientThrough() {
    new GradientCheck("position")
        .input("x", 2, 3, 4, 8)
        .check(1e-6, (g, v) -> List.of(AddPositionalEncoding.of(get(v, "x"))));
  }

  private static SDVariable get(Map<String, SDVariable> variables, String name) {
    return Objects.requireNonNull(variables.get(name));
  }
}
