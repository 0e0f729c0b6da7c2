package org.aand.backend;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Tesla K80, 3.7",
        "Tesla V100-SXM2-16GB, 7.0\n",
        "NVIDIA L4, 8.9",
        "A100, 8.0\nH100, 9.0"
      })
  void cardsWithMachineCodeAreAccepted(String answer) {
    assertDoesNotThrow(() -> CudaSupport.require(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NVIDIA H100 PCIe, 9.0",
        "NVIDIA B200, 10.0",
        "GTX 680, 3.0",
        "",
        "No devices were found"
      })
  void othersAreRefusedWithAWayOut(String answer) {
    var e = assertThrows(InputException.class, () -> CudaSupport.require(answer));
    assertTrue(String.valueOf(e.getMessage()).contains("without -Pcuda"));
  }

  @Test
  void avx2IsAWordOfItsOwn() {
    assertTrue(Backend.hasAvx2("fpu sse4_2 avx avx2 bmi2"));
    assertFalse(Backend.hasAvx2("fpu avx avx2x"));
  }
}
