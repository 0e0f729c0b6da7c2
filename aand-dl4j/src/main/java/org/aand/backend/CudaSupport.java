package org.aand.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aand.common.InputException;

/**
 * Whether the graphics card is one that ND4J's CUDA 11.6 build has machine code for: compute
 * capability 3.7 to 8.9. Others would fail at the first array, so they are refused before.
 */
final class CudaSupport {
  private static final double LOWEST = 3.7;
  private static final double HIGHEST = 8.9;
  private static final List<String> QUERY =
      List.of("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader");
  private static final long SECONDS = 20;
  private static final String REMEDY = "; build without -Pcuda to compute on the processor";

  private CudaSupport() {}

  /** Whether the CUDA backend is on the class path. */
  static boolean built() {
    return CudaSupport.class
            .getClassLoader()
            .getResource("org/nd4j/linalg/jcublas/JCublasBackend.class")
        != null;
  }

  /**
   * Asks the driver for the cards.
   *
   * @throws InputException if there is none, or the first one is not supported
   */
  static void require() {
    require(query());
  }

  /**
   * Checks the driver's answer.
   *
   * @param answer one line a card: its name, a comma, its compute capability
   */
  static void require(String answer) {
    var first = answer.lines().filter(l -> !l.isBlank()).findFirst().orElse("");
    int comma = first.lastIndexOf(',');
    double capability;
    try {
      capability = Double.parseDouble(first.substring(comma + 1).strip());
    } catch (NumberFormatException e) {
      throw new InputException(
          "the NVIDIA driver named no card that can compute (it said \"" + first + "\")" + REMEDY,
          e);
    }
    if (capability < LOWEST || capability > HIGHEST) {
      throw new InputException(
          first.substring(0, Math.max(comma, 0)).strip()
              + " has compute capability "
              + capability
              + ", but the CUDA backend runs on "
              + LOWEST
              + " to "
              + HIGHEST
              + " only"
              + REMEDY);
    }
  }

  private static String query() {
    try {
      var process = new ProcessBuilder(QUERY).redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new InputException("the NVIDIA driver does not answer" + REMEDY);
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException("no NVIDIA driver was found (nvidia-smi cannot be run)" + REMEDY, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException("interrupted while asking the NVIDIA driver", e);
    }
  }
}
