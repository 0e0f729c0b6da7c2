package org.aand.network.raa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aand.common.random.RandomStreams;
import org.aand.network.ParameterSpec;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The parts of an RAA module, alone and together. */
class ResidualAmplificationTest {
  private static final int CHANNELS = 8;
  private static final int ROWS = 12;

  @Test
  void aModuleHasTheParametersOfItsPartsAlone() {
    var whole = names(module(Gate.MATCHING, Residual.TANH));
    var gate = names(module(Gate.MATCHING, Residual.NONE));
    var residual = names(module(Gate.NONE, Residual.TANH));
    assertEquals(whole.size(), gate.size() + residual.size());
    assertTrue(whole.containsAll(gate) && whole.containsAll(residual));
    assertEquals(residual, names(module(Gate.NONE, Residual.LEARNABLE)));
    assertThrows(IllegalArgumentException.class, () -> module(Gate.NONE, Residual.NONE));
  }

  /** The residual is the gate times the kind's function of the same stack g. */
  @ParameterizedTest
  @EnumSource(value = Residual.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyKindOfResidual(Residual kind) {
    double[] x = new RandomStreams(3).stream("x").doubles(ROWS * CHANNELS, -1, 1).toArray();
    var module = module(Gate.MATCHING, kind);
    var open = module(Gate.NONE, kind);
    var raw = module(Gate.MATCHING, Residual.LEARNABLE);
    try (var parameters =
            Parameters.initialise(module.parameters(), DataType.DOUBLE, new RandomStreams(1));
        var net = new NetGraph(parameters, NetGraph.Form.INFERENCE, DataType.DOUBLE);
        var input = HostValues.array(x, DataType.DOUBLE, 1, 3, 4, CHANNELS)) {
      var in = net.input("x");
      var gate = module.gate(net, in);
      var g = raw.scale(net, in);
      var gated = module.residual(net, in);
      var ungated = open.residual(net, in);
      try (var program = net.program(List.of(gate, g, gated, ungated))) {
        var outputs = program.run(Map.of("x", input));
        double[] p = HostValues.read(outputs.get(gate));
        double[] stack = HostValues.read(outputs.get(g));
        double[] delta = HostValues.read(outputs.get(gated));
        double[] everywhere = HostValues.read(outputs.get(ungated));
        for (int i = 0; i < x.length; i++) {
          double expected = expected(kind, stack[i], x[i]);
          assertEquals(expected, everywhere[i], 1e-12);
          assertEquals(p[i / CHANNELS] * expected, delta[i], 1e-12);
        }
      }
    }
  }

  private static double expected(Residual kind, double g, double x) {
    return switch (kind) {
      case TANH -> Math.tanh(g) * x;
      case SIGMOID -> x / (1 + Math.exp(-g));
      case LEARNABLE -> g;
      case NONE -> 0;
    };
  }

  private static ResidualAmplification module(Gate gate, Residual residual) {
    return new ResidualAmplification("a", CHANNELS, 16, 3, 0.2, gate, residual);
  }

  private static List<String> names(ResidualAmplification module) {
    return module.parameters().stream()
        .map(ParameterSpec::name)
        .sorted()
        .collect(Collectors.toList());
  }
}
