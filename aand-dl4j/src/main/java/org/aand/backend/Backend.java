package org.aand.backend;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import org.aand.common.InputException;
import org.aand.common.machine.ProcFile;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Chooses and describes the native library behind ND4J.
 *
 * <p>{@link #prepare} has to run before anything of ND4J is touched: ND4J's oneDNN build needs
 * AVX2, and a processor without it would crash in it.
 */
public final class Backend {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String MAX_BYTES = "org.bytedeco.javacpp.maxbytes";
  private static final String MAX_PHYSICAL_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";

  /** Share of the machine's memory that the process may use. */
  private static final double MEMORY_SHARE = 0.9;

  private Backend() {}

  /**
   * Chooses the oneDNN build where the processor has AVX2, else the plain one. A choice made by the
   * system property {@code org.bytedeco.javacpp.platform.extension} is left alone. In a build for
   * CUDA, checks the graphics card instead.
   *
   * <p>Off-heap memory is bounded by the machine's, not by the heap's size as JavaCPP would have
   * it, unless its own system properties say otherwise.
   *
   * @param ceiling bytes of resident memory that the process may use; a share of the machine's
   *     where empty
   * @throws org.aand.common.InputException if there is no folder to unpack native libraries to, or
   *     this is a build for CUDA and the card cannot be used
   */
  public static void prepare(OptionalLong ceiling) {
    boundMemory(ceiling);
    NativeCache.prepare();
    if (CudaSupport.built()) {
      CudaSupport.require();
      return;
    }
    if (System.getProperty(EXTENSION) == null && ProcFile.processor().exists()) {
      System.setProperty(
          EXTENSION, hasAvx2(ProcFile.processor().value("flags")) ? "-onednn-avx2" : "");
    }
  }

  /** {@link #prepare(OptionalLong)} without a ceiling of the caller's. */
  public static void prepare() {
    prepare(OptionalLong.empty());
  }

  /**
   * What to tell of native libraries that could not be loaded.
   *
   * @param failure as the class loader has it
   */
  public static InputException unusable(LinkageError failure) {
    return NativeCache.unusable(failure);
  }

  private static void boundMemory(OptionalLong ceiling) {
    long machine = memory();
    if (ceiling.isPresent()) {
      System.setProperty(MAX_BYTES, "0");
      System.setProperty(MAX_PHYSICAL_BYTES, Long.toString(ceiling.getAsLong()));
    } else if (machine > 0
        && System.getProperty(MAX_BYTES) == null
        && System.getProperty(MAX_PHYSICAL_BYTES) == null) {
      System.setProperty(MAX_BYTES, "0");
      System.setProperty(MAX_PHYSICAL_BYTES, Long.toString((long) (MEMORY_SHARE * machine)));
    }
  }

  /**
   * Bytes that the process may use, as {@link #prepare} has it; the machine's where nothing says.
   */
  public static long memoryCeiling() {
    long ceiling = Long.getLong(MAX_PHYSICAL_BYTES, 0);
    return ceiling > 0 ? ceiling : memory();
  }

  static boolean hasAvx2(String flags) {
    return Arrays.asList(flags.split("\\s+")).contains("avx2");
  }

  /** ND4J's backend and the chosen native build in a few words. */
  public static String describe() {
    return Nd4j.getBackend().getClass().getSimpleName()
        + System.getProperty(EXTENSION, "")
        + ", "
        + Nd4j.getExecutioner().getEnvironmentInformation().getProperty("blas.vendor", "");
  }

  /** The widest vector instructions of the processor that are of use here, where it tells. */
  public static String instructionSet() {
    var flags = Arrays.asList(ProcFile.processor().value("flags").split("\\s+"));
    for (var set : new String[] {"avx512f", "avx2", "avx", "sse4_2"}) {
      if (flags.contains(set)) {
        return set;
      }
    }
    return System.getProperty("os.arch");
  }

  /** Threads that native operations use. */
  public static int threads() {
    return Nd4j.getEnvironment().maxThreads();
  }

  /** Processor and memory in one line. */
  public static String hardware() {
    var model = ProcFile.processor().value("model name");
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %.1f GiB",
        model.isEmpty() ? System.getProperty("os.arch") : model,
        Runtime.getRuntime().availableProcessors(),
        memory() / (double) (1L << 30));
  }

  private static long memory() {
    var system = java.lang.management.ManagementFactory.getOperatingSystemMXBean();
    return system instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getTotalMemorySize()
        : 0;
  }
}
