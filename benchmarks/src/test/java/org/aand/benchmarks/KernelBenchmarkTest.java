package org.aand.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aand.benchmarks.KernelBenchmark.Kernel;
import org.aand.benchmarks.KernelBenchmark.Maps;
import org.aand.benchmarks.KernelBenchmark.Matrices;
import org.aand.benchmarks.KernelBenchmark.SmallMaps;
import org.aand.benchmarks.KernelBenchmark.Way;
import org.junit.jupiter.api.Test;

/** Kernels that are compared with each other compute the same. */
class KernelBenchmarkTest {
  private static final float ROUNDING = 1e-4f;

  private static float[] result(Kernel kernel, double gflop) {
    kernel.open();
    var arithmetic = new KernelBenchmark.Arithmetic();
    arithmetic.run(kernel);
    kernel.close();
    assertEquals(gflop, arithmetic.gflop, 1e-12);
    return kernel.result();
  }

  private static float[] product(String kernel) {
    var matrices = new Matrices();
    matrices.kernel = kernel;
    matrices.shape = "72x64x48";
    return result(matrices, 2e-9 * 72 * 64 * 48);
  }

  private static float[] convolution(Way way, double gflop) {
    var maps = new Maps();
    maps.kernel = way;
    maps.shape = "16x16x32";
    return result(maps, gflop);
  }

  @Test
  void thePackedProductIsThatOfOpenBlas() {
    float[] expected = product("sgemm");
    assertEquals(72 * 48, expected.length);
    assertArrayEquals(expected, product("packed"), ROUNDING);
  }

  @Test
  void everyMethodOfConvolutionComputesTheSame() {
    double gflop = 2e-9 * 16 * 16 * 9 * 32 * 32;
    float[] direct = convolution(Way.DIRECT, gflop);
    for (var way :
        List.of(Way.WINOGRAD_2, Way.WINOGRAD_4, Way.WINOGRAD_2_BY_PANEL, Way.WINOGRAD_4_BY_PANEL)) {
      assertArrayEquals(direct, convolution(way, gflop), ROUNDING, way.name());
    }
    float[] strided = convolution(Way.DIRECT_STRIDED, gflop / 4);
    assertEquals(direct.length / 4, strided.length);
    assertArrayEquals(strided, convolution(Way.WINOGRAD_STRIDED, gflop / 4), ROUNDING);
  }

  @Test
  void theTransposedConvolutionRuns() {
    var maps = new SmallMaps();
    maps.shape = "4x4x32";
    float[] values = result(maps, 2e-9 * 16 * 4 * 32 * 16);
    assertEquals(8 * 8 * 16, values.length);
    for (float value : values) {
      assertTrue(value != 0 && Float.isFinite(value), "not computed");
    }
  }
}
