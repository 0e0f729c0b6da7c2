package org.aand.serve.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.aand.common.machine.HugePages;
import org.aand.model.ModelFile;
import org.aand.runtime.RuntimeModel;
import org.aand.runtime.kernel.WarmUp;

/**
 * Gives the program what a JVM only takes when it starts, and what neither a jar's manifest nor the
 * running program can: the Vector API's module, and native threads that sleep while they wait; and
 * options with which a model's first score comes sooner and from less memory. The program starts
 * itself again in a second JVM that has both, hands on what it was given, and waits. Standard
 * streams are shared, the exit code is handed back, and if either of both ends so does the other.
 *
 * <p>Nothing is started where the module is there already or is not to be had, where {@code
 * -Daand.relaunch=false} or the environment's {@code AAND_NO_RELAUNCH} says so, where a debugger or
 * agent is attached, or where another program has called this one's main method.
 */
public final class SecondJvm {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String PROPERTY = "aand.relaunch";
  private static final String ENVIRONMENT = "AAND_NO_RELAUNCH";

  /** Tells the second JVM which process it ends with. */
  private static final String PARENT = "aand.parent";

  /**
   * How OpenMP's threads wait, read when its library is loaded. By default they spin, and take the
   * processor from each other's work as soon as another program has part of it.
   */
  private static final String WAITING = "OMP_WAIT_POLICY";

  /** JVM options that cannot be given to two processes at a time. */
  private static final List<String> EXCLUSIVE =
      List.of("-agentlib", "-agentpath", "-javaagent", "-Xrunjdwp", "-Dcom.sun.management.");

  /** From this JDK on, each start would print four lines on what MQTT's and OPC UA's Netty does. */
  private static final int FIRST_TO_WARN = 24;

  private static final String UNSAFE_MEMORY = "--sun-misc-unsafe-memory-access=allow";

  private static final List<String> INNER_LOOPS =
      List.of(
          "VectorTile*::*",
          "VectorWinograd*::*Line",
          "VectorWinogradKernel::two",
          "VectorWinogradKernel::strided",
          "VectorElements::*");

  private static final List<String> DIGEST =
      List.of("DigestBase::implCompressMultiBlock*", "SHA2::implCompress");

  private static final String EARLY = "-XX:CompileCommand=CompileThresholdScaling,%s,0.005";

  /**
   * Vector code is hundreds of times slower until it is compiled, so the inner loops are compiled
   * after a few calls instead of thousands. Not what calls them: loops in them would be compiled
   * several times. And not again as a part of what calls them. The digest of a model's parameters
   * is many times slower until the compiler, in what calls it, has replaced it by the processor's.
   */
  private static final List<String> EARLY_COMPILATION = earlyCompilation();

  /**
   * A heap that grows by what a model takes and gives back what nothing uses. Kernels go straight
   * to where they stay.
   */
  private static final List<String> LITTLE_MEMORY =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmn16m",
          "-XX:PretenureSizeThreshold=256k",
          "-XX:MinHeapFreeRatio=5",
          "-XX:MaxHeapFreeRatio=10");

  /**
   * A heap that is not collected each time that it has to grow while a model is read. What is not
   * used of it takes no memory.
   */
  private static final String FIRST_HEAP = "-Xms";

  private static final long BESIDE_MODELS = 32L << 20;

  private static final String MODEL_SUFFIX = ".aand";

  /**
   * Memory in pages of 2 MB, where the system has more of them free than a model takes. It hands
   * out a model's memory with a small part of the work then.
   */
  private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

  private static final long ENOUGH_HUGE_PAGES = 2L << 30;

  private SecondJvm() {}

  private static List<String> earlyCompilation() {
    var options = new ArrayList<String>();
    options.add("-XX:CompileCommand=quiet");
    for (var loops : INNER_LOOPS) {
      var method = "org.aand.runtime.kernel." + loops;
      options.add(EARLY.formatted(method));
      options.add("-XX:CompileCommand=dontinline," + method);
    }
    for (var method : DIGEST) {
      options.add(EARLY.formatted("sun.security.provider." + method));
    }
    options.add("-D" + WarmUp.PROPERTY + "=true");
    return List.copyOf(options);
  }

  /**
   * The options that a JVM for {@link Main#DETECTING} starts best with.
   *
   * @param given by the user, whose choice of heap or collector is left alone
   * @param arguments of the program
   */
  public static List<String> detecting(List<String> given, String... arguments) {
    var options = new ArrayList<>(EARLY_COMPILATION);
    if (given.stream().noneMatch(SecondJvm::isAboutMemory)) {
      options.addAll(LITTLE_MEMORY);
      long models = Arrays.stream(arguments).mapToLong(SecondJvm::modelSize).sum();
      if (models > 0) {
        options.add(FIRST_HEAP + firstHeap(models) / 1024 + "k");
      }
      if (HugePages.areFree(ENOUGH_HUGE_PAGES)) {
        options.add(HUGE_PAGES);
      }
    }
    return options;
  }

  // The other JVM's heap has the same limit as this one's, as nothing else was chosen.
  private static long firstHeap(long models) {
    return Math.min(BESIDE_MODELS + models + models / 16, Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * Bytes of the model that an argument names, alone or behind an equals sign; 0 if it does not.
   */
  private static long modelSize(String argument) {
    try {
      var path = Path.of(argument.substring(argument.lastIndexOf('=') + 1));
      var file = ModelFile.locate(path);
      boolean model = file.toString().endsWith(MODEL_SUFFIX) && Files.isRegularFile(file);
      return model ? Files.size(file) : 0;
    } catch (InvalidPathException | IOException e) {
      // The command says what is wrong with it.
      return 0;
    }
  }

  private static boolean isAboutMemory(String option) {
    return option.startsWith("-Xm") || (option.startsWith("-XX:+Use") && option.endsWith("GC"));
  }

  /**
   * Runs the program in a JVM that has both if that has to be another one. In that other one it
   * begins to warm up.
   *
   * @param main its class
   * @param commands that run networks; no others are run so, nor is their help
   * @return the exit code; empty if nothing was run, and the caller has to
   */
  public static OptionalInt runWith(Class<?> main, Set<String> commands, String... arguments) {
    endWithParent();
    if (Boolean.getBoolean(WarmUp.PROPERTY)) {
      // Beside the command line, which takes long to be read.
      RuntimeModel.warmUp();
    }
    if (arguments.length == 0
        || !commands.contains(arguments[0])
        || List.of(arguments).contains("--help")
        || ModuleLayer.boot().findModule(MODULE).isPresent()
        || ModuleFinder.ofSystem().find(MODULE).isEmpty()
        || main.getClassLoader() != ClassLoader.getSystemClassLoader()) {
      return OptionalInt.empty();
    }
    var java = java();
    var options = ManagementFactory.getRuntimeMXBean().getInputArguments();
    if (!Files.isExecutable(java)
        || "false".equalsIgnoreCase(System.getProperty(PROPERTY))
        || System.getenv(ENVIRONMENT) != null
        || options.stream().anyMatch(option -> EXCLUSIVE.stream().anyMatch(option::startsWith))) {
      System.err.println(
          "aand: without the Vector API; detects about three times as fast with java --add-modules "
              + MODULE);
      return OptionalInt.empty();
    }
    return OptionalInt.of(run(command(java, options, main, arguments)));
  }

  private static Path java() {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    return Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java");
  }

  private static List<String> command(
      Path java, List<String> options, Class<?> main, String... arguments) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    if (Main.DETECTING.contains(arguments[0])) {
      command.addAll(detecting(options, arguments));
    }
    if (Runtime.version().feature() >= FIRST_TO_WARN) {
      command.add(UNSAFE_MEMORY);
    }
    command.addAll(options);
    command.addAll(
        List.of(
            "--add-modules",
            MODULE,
            "-D" + PARENT + "=" + ProcessHandle.current().pid(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static int run(List<String> command) {
    try {
      var builder = new ProcessBuilder(command).inheritIO();
      builder.environment().putIfAbsent(WAITING, "PASSIVE");
      var child = builder.start();
      var stop = new Thread(() -> stop(child), "stop");
      Runtime.getRuntime().addShutdownHook(stop);
      return child.waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot start " + command.get(0) + "; -D" + PROPERTY + "=false does without", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the program ran", e);
    }
  }

  /**
   * Ctrl-C reaches both processes; a signal to this one alone is handed on. Either way the exit
   * code is the other one's, which may have finished its work first.
   */
  private static void stop(Process child) {
    child.destroy();
    Runtime.getRuntime().halt(child.onExit().join().exitValue());
  }

  private static void endWithParent() {
    var pid = Long.getLong(PARENT);
    if (pid != null) {
      ProcessHandle.of(pid)
          .ifPresentOrElse(
              parent -> parent.onExit().thenRun(() -> System.exit(1)), () -> System.exit(1));
    }
  }
}
